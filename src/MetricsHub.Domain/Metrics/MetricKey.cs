namespace MetricsHub.Domain.Metrics;

/// <summary>The name by which everything refers to a metric: lower-case words joined by hyphens, <c>ed-type-1-attendances</c>.</summary>
public readonly record struct MetricKey : IComparable<MetricKey>
{
    private readonly string? value;

    /// <exception cref="FormatException">The text is not a key.</exception>
    public MetricKey(string text) => value = Key.Checked(text, "metric key");

    public static bool TryParse(string? text, out MetricKey key)
    {
        key = Key.IsValid(text) ? new MetricKey(text!) : default;
        return key.value is not null;
    }

    public int CompareTo(MetricKey other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";

    public static bool operator <(MetricKey left, MetricKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(MetricKey left, MetricKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(MetricKey left, MetricKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(MetricKey left, MetricKey right) => left.CompareTo(right) >= 0;
}
