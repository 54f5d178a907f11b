using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Storage;

/// <summary>Levels that people declared, for ever: an end is a record of its own, and nothing is changed or deleted.</summary>
internal partial interface ILedger
{
    /// <summary>
    /// Enters a declaration, and the action of making it. One whose key the organisation had before changes nothing, and the earlier one is
    /// returned: it tells whether that said the same.
    /// </summary>
    Task<Declaration> DeclareAsync(NewDeclaration declaration, CancellationToken cancellationToken);

    /// <summary>
    /// Enters the early end of a declaration, and the action of ending it. Where it was ended before, that end stands and is returned.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such declaration.</exception>
    Task<Declaration> EndDeclarationAsync(long number, DeclarationEnding ending, CancellationToken cancellationToken);

    /// <summary>The declaration that was made for an organisation under a key; null where there is none.</summary>
    Task<Declaration?> FindDeclarationAsync(OrganisationCode organisation, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    /// <param name="organisation">Null for all.</param>
    /// <param name="asOf">Only what was declared, and ended, at or before it; null for what is known now.</param>
    Task<IReadOnlyList<Declaration>> ListDeclarationsAsync(OrganisationCode? organisation, DateTimeOffset? asOf, CancellationToken cancellationToken);
}

/// <summary>A declaration that is about to be entered, by the key that its sender gave it.</summary>
internal sealed record NewDeclaration(
    OrganisationCode Organisation,
    string? Framework,
    int Level,
    string Reason,
    string Actor,
    DateTimeOffset DeclaredAt,
    DateTimeOffset Until,
    string IdempotencyKey)
{
    /// <summary>Whether a declaration that was entered under the same key says the same: a repetition comes later, so that its own instant does not count.</summary>
    public bool Says(Declaration entered) =>
        (Framework, Level, Reason, Actor, StoreTime.Truncate(Until)) == (entered.Framework, entered.Level, entered.Reason, entered.Actor, entered.Until);
}
