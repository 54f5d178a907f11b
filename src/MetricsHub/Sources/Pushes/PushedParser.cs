using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources.Pushes;

/// <summary>
/// Reads what was pushed: one figure to a row, each accepted or refused by itself. A row that stands there twice is one; two that contradict
/// each other are both refused.
/// </summary>
internal sealed class PushedParser(PushedDefinition definition) : IPublicationParser
{
    public const int MaximumRows = 50_000;

    private static readonly Dictionary<string, AbsenceCode> Absences = Enum.GetValues<AbsenceCode>().ToDictionary(code => code.ToText());

    public int Version => 1;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = PushedRows.Read(content.Bytes, definition.Fhir);
        if (rows.Count is 0 or > MaximumRows)
        {
            throw new PublicationFormatException($"1 to {MaximumRows} rows", rows.Count == 0 ? "none" : $"{rows.Count}");
        }

        var (reading, times) = (new TableReading(), new TimesRead());
        foreach (var row in rows)
        {
            Read(row, times, reading);
        }

        return reading.Complete();
    }

    private void Read(PushedRow row, TimesRead times, TableReading reading)
    {
        var whole = new FieldRow(row.Number, [], IsBlank: false, Problem: null, row.WholeRow);
        if (row.Problem is { } problem)
        {
            reading.RejectRow(whole, problem.Reason, problem.Field);
        }
        else if (!MetricKey.TryParse(row.Metric, out var metric) || !definition.Figures.TryGetValue(metric, out var figure))
        {
            reading.RejectRow(whole, $"'{RowFields.Cut(row.Metric)}' is no metric that this source states", RowFields.Metric);
        }
        else if (!OrganisationCode.TryParse(row.Organisation, out var organisation) || !definition.Organisations.Contains(organisation))
        {
            reading.RejectRow(whole, $"the catalogue has no organisation '{RowFields.Cut(row.Organisation)}'", RowFields.Organisation);
        }
        else if (times.Read(row.Time, figure, out var period, out var statedAt) is { } untimed)
        {
            reading.RejectRow(whole, untimed, row.Time.Field);
        }
        else
        {
            var (read, fault) = FigureOf(row);
            reading.Accept(
                whole,
                [
                    new TableCell(
                        row.Number, figure with { Field = fault?.Field ?? figure.Field }, new SeriesKey(metric, organisation), period, statedAt,
                        row.Value ?? row.Absence ?? "", read, fault?.Reason),
                ]);
        }
    }

    private static (Figure? Read, RowProblem? Fault) FigureOf(PushedRow row)
    {
        if (row.Value is null == row.Absence is null)
        {
            return (null, new RowProblem(RowFields.Value, $"a row states {(row.Value is null ? "a value or an absence" : "a value or an absence, not both")}"));
        }

        if (row.Value is { } value)
        {
            var number = TableNumber.Read(value, UnitConversion.None, out var problem);
            return (number, problem is null ? null : new RowProblem(RowFields.Value, problem));
        }

        return Absences.TryGetValue(row.Absence!, out var absence)
            ? (Figure.Absent(absence), null)
            : (null, new RowProblem(RowFields.Absence, $"'{RowFields.Cut(row.Absence!)}' is no absence, which are {string.Join(", ", Absences.Keys)}"));
    }
}
