using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Domain.Checks;

/// <summary>A statement that checks refused, and why.</summary>
/// <param name="Checks">Which of them; never none.</param>
/// <param name="Reason">What each of them found, in words.</param>
public sealed record Refusal(Statement Statement, CheckKinds Checks, string Reason)
{
    private const CheckKinds OfRows = CheckKinds.Future | CheckKinds.UnknownOrganisation;

    /// <summary>
    /// Whether nothing is to be stored in its place. Elsewhere a refused number leaves the absence <c>rejected</c>, so that an earlier
    /// number does not go on standing; of a period that has not come, or an organisation that nobody knows, there is nothing to say.
    /// </summary>
    public bool LeavesNothing => (Checks & OfRows) != 0;
}

/// <summary>Every statement of a publication, once: kept or refused; each list in the order of the publication.</summary>
public sealed record CheckedStatements(IReadOnlyList<Statement> Kept, IReadOnlyList<Refusal> Refused);

/// <summary>What statements are held against that stands in no rule.</summary>
/// <param name="RetrievedAt">When their publication was retrieved, UTC.</param>
/// <param name="IsKnown">Tells known organisations; null where the source may state others.</param>
/// <param name="History">Earlier figures of the series that <see cref="StatementChecks.HistoryOf"/> names; others do no harm.</param>
public sealed record CheckedAgainst(DateTimeOffset RetrievedAt, Func<OrganisationCode, bool>? IsKnown, IReadOnlyList<RecordedStatement> History);
