namespace MetricsHub.Api;

/// <summary>Who is asking. What a request says of itself does not count: only whom the hub has recognised.</summary>
internal static class Caller
{
    /// <summary>Whoever can reach the hub while it answers this machine only and recognises nobody.</summary>
    public const string Local = "local";

    public static string ActorOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : Local;
}
