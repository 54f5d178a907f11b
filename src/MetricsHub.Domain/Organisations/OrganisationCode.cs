namespace MetricsHub.Domain.Organisations;

/// <summary>
/// The ODS code of an organisation, in upper case: <c>RTP</c> (trust), <c>AQN04</c> (site), <c>C82038</c> (practice), <c>QUY</c> or
/// <c>Z9B2Z</c> (ICB), <c>Y58</c> (region), <c>ENG</c> (England). One to ten letters and digits; its length says nothing about its kind.
/// </summary>
public readonly record struct OrganisationCode : IComparable<OrganisationCode>
{
    private readonly string? value;

    /// <exception cref="FormatException">The text is not one to ten ASCII letters and digits.</exception>
    public OrganisationCode(string text)
    {
        if (!IsValid(text))
        {
            throw new FormatException($"'{text}' is not an organisation code: expected 1 to 10 letters and digits.");
        }

        value = text.ToUpperInvariant();
    }

    public static bool TryParse(string? text, out OrganisationCode code)
    {
        var trimmed = text?.Trim();
        code = IsValid(trimmed) ? new OrganisationCode(trimmed!) : default;
        return code.value is not null;
    }

    public int CompareTo(OrganisationCode other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "";

    public static bool operator <(OrganisationCode left, OrganisationCode right) => left.CompareTo(right) < 0;

    public static bool operator <=(OrganisationCode left, OrganisationCode right) => left.CompareTo(right) <= 0;

    public static bool operator >(OrganisationCode left, OrganisationCode right) => left.CompareTo(right) > 0;

    public static bool operator >=(OrganisationCode left, OrganisationCode right) => left.CompareTo(right) >= 0;

    private static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= 10 } && text.All(char.IsAsciiLetterOrDigit);
}
