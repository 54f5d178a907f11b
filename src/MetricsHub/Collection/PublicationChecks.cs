using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Checks;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>A publication after the checks: what is to be stored, every refusal among the rejections, and a tally that balances.</summary>
/// <param name="Refusals">What the checks refused, statement by statement, each with its row.</param>
internal sealed record CheckedPublication(ParsedPublication Publication, IReadOnlyList<Refusal> Refusals);

/// <summary>The one gate of everything that is stored, whether it was fetched from a publisher or sent by one.</summary>
internal sealed class PublicationChecks(HubCatalogue catalogue, IObservationStore store)
{
    private readonly StatementChecks checks = new(catalogue.Checks);

    /// <param name="retrievedAt">When the publication came: the same at every replay, so that what was the future stays refused.</param>
    public async Task<CheckedPublication> CheckAsync(
        SourceDefinition source, ParsedPublication parsed, DateTimeOffset retrievedAt, CancellationToken cancellationToken)
    {
        var history = checks.HistoryOf(parsed.Statements) is { } range ? await ReadAsync(range, cancellationToken) : [];
        Func<OrganisationCode, bool>? isKnown =
            source.RefusesUnknownOrganisations ? code => catalogue.Organisations.Find(code) is not null : null;
        var result = checks.Check(parsed.Statements, new CheckedAgainst(retrievedAt, isKnown, history));
        return result.Refused.Count == 0
            ? new CheckedPublication(parsed, [])
            : new CheckedPublication(Without(parsed, result), result.Refused);
    }

    private Task<IReadOnlyList<RecordedStatement>> ReadAsync(HistoryRange range, CancellationToken cancellationToken) =>
        store.ReadAsync(new StatementQuery(new SeriesSelection(range.Metrics, range.Organisations), range.From, range.To), cancellationToken);

    private static ParsedPublication Without(ParsedPublication parsed, CheckedStatements result)
    {
        var refusals = result.Refused.ToDictionary<Refusal, Statement>(refusal => refusal.Statement, ReferenceEqualityComparer.Instance);
        var wholeRows = WholeRows(parsed.Statements, result.Refused);
        Statement[] statements =
        [
            .. parsed.Statements
                .Where(statement => !refusals.TryGetValue(statement, out var refusal) || !refusal.LeavesNothing)
                .Select(statement => refusals.ContainsKey(statement) ? statement with { Figure = Figure.Absent(AbsenceCode.Rejected) } : statement),
        ];
        Rejection[] rejections =
        [
            .. parsed.Rejections,
            .. result.Refused.Where(refusal => !wholeRows.Contains(RowOf(refusal.Statement))).Select(OfCell),
            .. result.Refused.Where(refusal => wholeRows.Contains(RowOf(refusal.Statement)))
                .GroupBy(refusal => RowOf(refusal.Statement)).Select(row => OfRow([.. row])),
        ];
        return parsed with
        {
            Statements = statements,
            Rejections = [.. rejections.OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            Tally = TallyAfter(parsed.Tally, result.Refused, wholeRows),

            // A publication that is dated by its own last period must not be dated by one that was refused.
            PublishedAt = parsed.PublishedAt == LastEnd(parsed.Statements) ? LastEnd(statements) : parsed.PublishedAt,
        };
    }

    /// <summary>The rows of which nothing is left.</summary>
    private static HashSet<(int Row, OrganisationCode Organisation)> WholeRows(IReadOnlyList<Statement> statements, IReadOnlyList<Refusal> refused)
    {
        var left = refused.Where(refusal => refusal.LeavesNothing).CountBy(refusal => RowOf(refusal.Statement)).ToDictionary();
        foreach (var statement in left.Count > 0 ? statements : [])
        {
            if (left.TryGetValue(RowOf(statement), out var count))
            {
                left[RowOf(statement)] = count - 1;
            }
        }

        return [.. left.Where(row => row.Value == 0).Select(row => row.Key)];
    }

    private static Tally TallyAfter(Tally tally, IReadOnlyList<Refusal> refused, HashSet<(int Row, OrganisationCode Organisation)> wholeRows)
    {
        var (cells, numbers, absences, rejected) = (0, 0, 0, 0);
        foreach (var refusal in refused)
        {
            var wholeRow = wholeRows.Contains(RowOf(refusal.Statement));
            cells += wholeRow ? 1 : 0;
            rejected += wholeRow ? 0 : 1;
            switch (refusal.Statement.Figure.Absence)
            {
                case null:
                    numbers++;
                    break;
                case AbsenceCode.Rejected:
                    // The parser had refused it before, and counted it so.
                    rejected--;
                    break;
                default:
                    absences++;
                    break;
            }
        }

        return tally with
        {
            RowsAccepted = tally.RowsAccepted - wholeRows.Count,
            RowsRejected = tally.RowsRejected + wholeRows.Count,
            CellsExpected = tally.CellsExpected - cells,
            Observations = tally.Observations - numbers,
            Absences = tally.Absences - absences,
            CellsRejected = tally.CellsRejected + rejected,
        };
    }

    private static Rejection OfCell(Refusal refusal) => new(
        refusal.Statement.Row,
        refusal.Statement.Series.Metric.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"{refusal.Statement.Series.Organisation}, {refusal.Statement.Period}: {refusal.Reason}"),
        refusal.Statement.Figure.ToString(),
        refusal.Checks);

    private static Rejection OfRow(IReadOnlyList<Refusal> row) => new(
        row[0].Statement.Row,
        null,
        string.Join("; ", row.Select(refusal => refusal.Reason).Distinct()),
        row[0].Statement.Series.Organisation.ToString(),
        row.Aggregate(CheckKinds.None, (checks, refusal) => checks | refusal.Checks));

    private static (int Row, OrganisationCode Organisation) RowOf(Statement statement) => (statement.Row, statement.Series.Organisation);

    private static DateTimeOffset? LastEnd(IReadOnlyList<Statement> statements) =>
        statements.Count == 0 ? null : statements.Max(statement => statement.Period.End);
}
