using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Declarations;

/// <summary>A level that somebody declares for an organisation. It stands beside the calculated and the shown level and changes neither.</summary>
/// <param name="Number">Which declaration it is; a later one has a higher number.</param>
/// <param name="Framework">The key of the framework on whose scale it is declared; null where it stands beside every framework's reading.</param>
/// <param name="Level">1 (least pressure) to 4.</param>
/// <param name="Actor">Who declared it, as the hub recognised the caller.</param>
/// <param name="DeclaredAt">From when on it stands, which is when the hub learnt it: never back-dated.</param>
/// <param name="Until">When it expires, exclusive; after <paramref name="DeclaredAt"/>.</param>
/// <param name="Ending">How somebody ended it before that; null where nobody did.</param>
public sealed record Declaration(
    long Number,
    OrganisationCode Organisation,
    string? Framework,
    int Level,
    string Reason,
    string Actor,
    DateTimeOffset DeclaredAt,
    DateTimeOffset Until,
    DeclarationEnding? Ending = null)
{
    public bool StandsBeside(string framework) => Framework is null || Framework == framework;

    /// <summary>Whether it takes the place of an earlier one wherever that one stands.</summary>
    public bool Replaces(Declaration earlier) => Framework is null || Framework == earlier.Framework;
}

/// <summary>The early end of a declaration: a record of its own, beside the declaration, which stays as it was made.</summary>
public sealed record DeclarationEnding(DateTimeOffset At, string Actor, string Reason);
