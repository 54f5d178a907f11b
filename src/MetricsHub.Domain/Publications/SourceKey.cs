namespace MetricsHub.Domain.Publications;

/// <summary>The name of a place read from: lower-case words joined by hyphens, <c>nhs-england-ae-monthly</c>.</summary>
public readonly record struct SourceKey
{
    private readonly string? value;

    /// <exception cref="FormatException">The text is not a key.</exception>
    public SourceKey(string text) => value = Key.Checked(text, "source key");

    public static bool TryParse(string? text, out SourceKey key)
    {
        key = Key.IsValid(text) ? new SourceKey(text!) : default;
        return key.value is not null;
    }

    public override string ToString() => value ?? "";
}
