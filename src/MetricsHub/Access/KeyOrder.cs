using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;

namespace MetricsHub.Access;

/// <summary>A key that somebody asks for.</summary>
/// <param name="Organisations">Codes; null for all organisations.</param>
/// <param name="Sources">Keys of sources; null for all of them.</param>
/// <param name="Expires">Null where none was given, or what was given is no time.</param>
internal sealed record KeyOrder(string? Owner, string[]? Scopes, string[]? Organisations, string[]? Sources, DateTimeOffset? Expires)
{
    public const int LongestOwner = 100;

    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(365);

    private GrantWords Words => new(Scopes, Organisations, Sources);

    /// <summary>What is wrong, by the name of the field; nothing where it can be issued.</summary>
    public IDictionary<string, string[]> Faults(HubCatalogue catalogue, DateTimeOffset now)
    {
        var faults = Words.Faults(catalogue).ToDictionary(fault => fault.Key, fault => (string[])[fault.Value], StringComparer.Ordinal);
        if (Owner?.Trim() is not { Length: > 0 and <= LongestOwner } owner || owner.Any(char.IsControl))
        {
            faults["owner"] = [$"Expected 1 to {LongestOwner} characters on one line: who is given the key."];
        }

        if (Expires is not { } expires || expires <= now || expires > now + LongestLife)
        {
            faults["expires"] = [$"Expected a time after now and at most {LongestLife.TotalDays:0} days ahead."];
        }

        return faults;
    }

    /// <summary>Of an order without faults.</summary>
    public Grant ToGrant() => Words.ToGrant();
}
