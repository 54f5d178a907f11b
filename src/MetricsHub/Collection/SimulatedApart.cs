using MetricsHub.Catalogue;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Sources;

namespace MetricsHub.Collection;

/// <summary>
/// Keeps what is made up apart from what is real: a simulated source may speak of simulated organisations only, and a real one never of
/// them. A row that does otherwise is rejected whole, and nothing of it is stored.
/// </summary>
internal static class SimulatedApart
{
    public static ParsedPublication Check(ParsedPublication parsed, SourceDefinition source, HubCatalogue catalogue)
    {
        var rows = parsed.Statements
            .Where(statement => catalogue.IsSimulated(statement.Series.Organisation) != source.Simulated)
            .GroupBy(statement => (statement.Row, statement.Series.Organisation))
            .ToList();
        if (rows.Count == 0)
        {
            return parsed;
        }

        var refused = rows.SelectMany(row => row).ToHashSet(ReferenceEqualityComparer.Instance);
        return parsed with
        {
            Statements = [.. parsed.Statements.Where(statement => !refused.Contains(statement))],
            Rejections = [.. parsed.Rejections.Concat(rows.Select(row => RejectionOf(row.Key, source))).OrderBy(rejection => rejection.Row).ThenBy(rejection => rejection.Field is not null)],
            Tally = Without(parsed.Tally, rows.Count, [.. rows.SelectMany(row => row)]),
        };
    }

    private static Rejection RejectionOf((int Row, OrganisationCode Organisation) row, SourceDefinition source) => new(
        row.Row,
        null,
        source.Simulated ? $"a simulated source cannot speak of {row.Organisation}, which is not simulated" : $"{row.Organisation} is simulated: a real source cannot speak of it",
        row.Organisation.ToString());

    /// <summary>A cell that was rejected before stays among the rejected cells, whether it was stated as an absence besides or not.</summary>
    private static Tally Without(Tally tally, int rows, IReadOnlyList<Statement> refused)
    {
        var numbers = refused.Count(statement => !statement.Figure.IsAbsent);
        var absences = refused.Count(statement => statement.Figure.Absence is not (null or AbsenceCode.Rejected));
        return tally with
        {
            RowsAccepted = tally.RowsAccepted - rows,
            RowsRejected = tally.RowsRejected + rows,
            CellsExpected = tally.CellsExpected - numbers - absences,
            Observations = tally.Observations - numbers,
            Absences = tally.Absences - absences,
        };
    }
}
