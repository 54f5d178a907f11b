using MetricsHub.Domain.Access;

namespace MetricsHub.Access;

/// <summary>Who is asking. What a request says of itself does not count: only whom the hub has recognised.</summary>
/// <param name="Actor">The name under which what they do is kept.</param>
/// <param name="Grants">What any one of them allows, the caller may do; two of them are never put together. None allows nothing.</param>
internal sealed record Caller(string Actor, IReadOnlyList<Grant> Grants)
{
    /// <summary>Whoever can reach the hub while it answers this machine only and recognises nobody.</summary>
    public static readonly Caller Local = new("local", [Grant.Everything]) { GrantsText = "" };

    /// <summary>What the caller may do as one text, the same for whoever may do the same; empty where the hub recognises nobody.</summary>
    public string GrantsText { get; private init; } = string.Join(';', Grants.Select(Text));

    /// <returns>Null where nobody was recognised.</returns>
    public static Caller? Of(HttpContext context) => context.Features.Get<Caller>();

    /// <exception cref="InvalidOperationException">Nobody was recognised: an endpoint that acts for somebody has let everybody in.</exception>
    public static string ActorOf(HttpContext context) => Known(context).Actor;

    /// <summary>The same for an endpoint that has to look at what the caller may do.</summary>
    /// <exception cref="InvalidOperationException">Nobody was recognised.</exception>
    public static Caller Known(HttpContext context) =>
        Of(context) ?? throw new InvalidOperationException("Nobody was recognised, so there is nobody to act for.");

    public bool May(Scopes scope) => Grants.Any(grant => grant.Allows(scope));

    // A set of nobody is not nothing: it must not read as everybody.
    private static string Text(Grant grant) => $"{(int)grant.Scopes}|{Text(grant.Organisations)}|{Text(grant.Sources)}";

    private static string Text<T>(IReadOnlySet<T>? entries)
        where T : notnull => entries is null ? "*" : string.Join(',', entries.Select(entry => entry.ToString()).Order(StringComparer.Ordinal));
}
