using MetricsHub.Domain.Access;

namespace MetricsHub.Access;

/// <summary>Scopes as people write them.</summary>
internal static class ScopeWords
{
    public static readonly IReadOnlyDictionary<string, Scopes> All = new Dictionary<string, Scopes>(StringComparer.Ordinal)
    {
        ["read"] = Scopes.Read,
        ["write"] = Scopes.Write,
        ["declare"] = Scopes.Declare,
        ["admin"] = Scopes.Admin,
    };

    public static IReadOnlyList<string> Of(Scopes scopes) => [.. All.Where(entry => scopes.HasFlag(entry.Value)).Select(entry => entry.Key)];
}
