using MetricsHub.Domain.Access;

namespace MetricsHub.Access;

/// <summary>What becomes of a caller who is limited to some organisations, or to some sources.</summary>
internal enum Limit
{
    /// <summary>What the endpoint tells is of no organisation, or of no source.</summary>
    DoesNotApply,

    /// <summary>The request has to name those that it means, and each has to be the caller's.</summary>
    Named,

    /// <summary>The body names them, and the endpoint itself holds each against the grant before it does anything.</summary>
    InBody,

    /// <summary>What the endpoint tells cannot be told apart: whoever is limited is not let in.</summary>
    Refused,
}

/// <summary>Who is let in at an endpoint. One without a rule lets nobody in but administrators.</summary>
/// <param name="Scope">What the caller has to hold; <see cref="Scopes.None"/> lets everybody in, recognised or not.</param>
internal sealed record AccessRule(Scopes Scope, Limit Organisations, Limit Sources)
{
    /// <summary>Tells nothing of any service: whether the hub lives, and how its API is described.</summary>
    public static readonly AccessRule Open = new(Scopes.None, Limit.DoesNotApply, Limit.DoesNotApply);

    /// <summary>What is measured, judged and known of organisations; no figures.</summary>
    public static readonly AccessRule Definitions = new(Scopes.Read, Limit.DoesNotApply, Limit.DoesNotApply);

    /// <summary>How sources stand, and what was collected from them: counts, no figures.</summary>
    public static readonly AccessRule Collected = new(Scopes.Read, Limit.DoesNotApply, Limit.Named);

    /// <summary>Rows that were refused, in the sender's words: of any organisation.</summary>
    public static readonly AccessRule Refused = new(Scopes.Read, Limit.Refused, Limit.Named);

    /// <summary>Figures and levels of organisations, made from all sources.</summary>
    public static readonly AccessRule Figures = new(Scopes.Read, Limit.Named, Limit.Refused);

    /// <summary>All organisations and all sources at once.</summary>
    public static readonly AccessRule Overview = new(Scopes.Read, Limit.Refused, Limit.Refused);

    /// <summary>Each row of a push names its organisation.</summary>
    public static readonly AccessRule Pushing = new(Scopes.Write, Limit.InBody, Limit.Named);

    public static readonly AccessRule Declaring = new(Scopes.Declare, Limit.Named, Limit.Refused);

    /// <summary>Of the hub as a whole; whoever holds <see cref="Scopes.Admin"/> is limited to nothing.</summary>
    public static readonly AccessRule Administration = new(Scopes.Admin, Limit.Refused, Limit.Refused);
}

internal static class AccessRules
{
    /// <summary>Says who is let in; what an endpoint says itself wins over what its group says.</summary>
    public static TBuilder LetsIn<TBuilder>(this TBuilder endpoint, AccessRule rule)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(rule);
}
