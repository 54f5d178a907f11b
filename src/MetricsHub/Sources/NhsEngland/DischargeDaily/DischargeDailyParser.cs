using System.Globalization;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using static MetricsHub.Sources.NhsEngland.DischargeDaily.DischargeColumns;

namespace MetricsHub.Sources.NhsEngland.DischargeDaily;

/// <summary>
/// NHS England's monthly file of the daily acute discharge returns, one figure a row. Providers' rows become statements. The rows for an
/// ICB, a region and England state sums of them and are held against them: an ICB's figure kept as well would be counted twice, and kept
/// instead it would hide which of its providers sent nothing. The layout is known from documentation only.
/// </summary>
internal sealed class DischargeDailyParser : IPublicationParser
{
    private const string Expected = "the daily discharge CSV";
    private const int HeaderRowsSearched = 50;
    private const int FewestMatches = 6;

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, Expected);
        var header = rows.Take(HeaderRowsSearched).ToList().FindIndex(row => ColumnMap.Matches(row.Cells, Headers) >= FewestMatches);
        if (header < 0)
        {
            throw new PublicationFormatException($"a header row with '{string.Join("', '", Headers)}'", "none in the first rows");
        }

        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of(rows[header].Cells, Headers, isDerived: null, body);
        var month = MonthOf(body.Select(row => Date(row[columns[Dated]])).OfType<DateOnly>(), content);
        var reading = new StatementReading();
        var totals = new DischargeTotals();
        var stated = new List<(OrganisationCode Organisation, DateOnly Date)>();
        foreach (var row in body)
        {
            Read(row, columns, month, reading, totals, stated);
        }

        foreach (var (organisation, date) in stated.Distinct())
        {
            Check(organisation, LondonCalendar.Day(date), reading);
        }

        return reading.Complete(publishedAt: null) with { Reconciliation = Reconcile(totals) };
    }

    private static void Read(
        TableRow row, ColumnMap columns, DateOnly month, StatementReading reading, DischargeTotals totals, List<(OrganisationCode, DateOnly)> stated)
    {
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.IsNote(row))
        {
            reading.SetAsideNote();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (Date(row[columns[Dated]]) is not { } date)
        {
            reading.RejectRow(row.Number, $"'{row[columns[Dated]]}' is not a date such as 01/04/2025", row.Text);
        }
        else if (MisDated(date, month, row[columns[MetricType]]) is { } reason)
        {
            reading.RejectRow(row.Number, reason, row.Text);
        }
        else if (!IsRead(row[columns[Group]], row[columns[MetricType]]))
        {
            // Weekly figures, costs, reasons and destinations: published, and not collected.
            reading.SetAsideNote();
        }
        else if (MetricOf(row[columns[Group]], row[columns[Metric]]) is not { } metric)
        {
            reading.RejectRow(row.Number, $"'{row[columns[Metric]]}' is not a known metric of the group '{row[columns[Group]]}'", row.Text);
        }
        else
        {
            ReadLevel(row, columns, date, CellOf(row, columns, metric), reading, totals, stated);
        }
    }

    private static void ReadLevel(
        TableRow row, ColumnMap columns, DateOnly date, ReportedCell cell, StatementReading reading, DischargeTotals totals,
        List<(OrganisationCode Organisation, DateOnly Date)> stated)
    {
        var code = row[columns[Code]];
        switch (row[columns[Level]].ToUpperInvariant())
        {
            case "NATIONAL" or "REGION" or "ICB" when cell.Problem is not null:
                reading.RejectRow(row.Number, $"{cell.Problem}: '{cell.Text}'", row.Text);
                break;
            case "NATIONAL":
                reading.SetAsideTotal(new Dictionary<string, double>());
                if (cell.Number is { } nation)
                {
                    totals.AddNation(cell.Metric, date, code, nation);
                }

                break;
            case "ICB":
                reading.SetAsideTotal(new Dictionary<string, double>());
                if (cell.Number is { } icb)
                {
                    totals.AddIcb(cell.Metric, date, code, row[columns[Name]], icb);
                }

                break;
            case "REGION":
                reading.SetAsideTotal(new Dictionary<string, double>());
                break;
            case "PROVIDER" when OrganisationCode.TryParse(code, out var organisation):
                reading.Accept(new DatedRow("", row.Number, organisation, [new DatedCell(cell, LondonCalendar.Day(date))], row.Text));
                stated.Add((organisation, date));
                if (cell.Number is { } number)
                {
                    totals.AddProvider(cell.Metric, date, row[columns[Icb]], number);
                }

                break;
            case "PROVIDER":
                reading.RejectRow(row.Number, $"'{code}' is not an organisation code", row.Text);
                break;
            default:
                reading.RejectRow(row.Number, $"'{row[columns[Level]]}' is not a level: expected National, Region, ICB or Provider", row.Text);
                break;
        }
    }

    /// <summary><c>-</c> is a return that did not come; <c>[z]</c> is a figure that the organisation does not have.</summary>
    private static ReportedCell CellOf(TableRow row, ColumnMap columns, Domain.Metrics.MetricKey metric)
    {
        var text = row[columns[Value]];
        return text switch
        {
            "-" => new ReportedCell(metric, Value, text, Figure.Absent(AbsenceCode.Late), null),
            "[z]" => new ReportedCell(metric, Value, text, Figure.Absent(AbsenceCode.NotApplicable), null),
            _ => ReportedCell.Count(metric, Value, text),
        };
    }

    /// <summary>Those who were not discharged are those who could have been, less those who were.</summary>
    private static void Check(OrganisationCode organisation, Period day, StatementReading reading)
    {
        var all = reading.NumberOf(new SeriesKey(NoLongerMeet, organisation), day);
        var discharged = reading.NumberOf(new SeriesKey(Discharged, organisation), day);
        var left = reading.NumberOf(new SeriesKey(NotDischarged, organisation), day);
        var problem =
            discharged > all ? string.Create(CultureInfo.InvariantCulture, $"{discharged} discharged of {all}: a part cannot exceed its whole")
            : left > all ? string.Create(CultureInfo.InvariantCulture, $"{left} not discharged of {all}: a part cannot exceed its whole")
            : all - discharged != left && left is not null && all is not null && discharged is not null
                ? string.Create(CultureInfo.InvariantCulture, $"{all} less {discharged} discharged are not {left}")
            : null;
        if (problem is not null)
        {
            reading.Refuse(new SeriesKey(NoLongerMeet, organisation), day, problem);
            reading.Refuse(new SeriesKey(Discharged, organisation), day, problem);
            reading.Refuse(new SeriesKey(NotDischarged, organisation), day, problem);
        }
    }

    private static Reconciliation Reconcile(DischargeTotals totals)
    {
        var compared = totals.Compare().ToArray();
        return compared.Length == 0
            ? Reconciliation.NoTotal
            : new Reconciliation(
                compared.Length,
                [.. compared.Where(total => total.Stated != total.Summed).Select(total => new ReconciliationDifference(total.Field, total.Stated, total.Summed))]);
    }

    /// <summary>A week's figure may bear a day of the month before; everything else belongs into the file's month.</summary>
    private static string? MisDated(DateOnly date, DateOnly month, string metricType)
    {
        var isWeekly = metricType.StartsWith("week", StringComparison.OrdinalIgnoreCase);
        return date < month.AddMonths(1) && date >= (isWeekly ? month.AddDays(-7) : month)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the row is dated {date:dd/MM/yyyy} and the file is about {month:MMMM yyyy}");
    }

    /// <summary>The first day of the month that most rows are about; the file's name has to agree where it names one.</summary>
    private static DateOnly MonthOf(IEnumerable<DateOnly> dates, PublicationContent content)
    {
        var months = dates.CountBy(date => new DateOnly(date.Year, date.Month, 1)).OrderByDescending(pair => pair.Value).ToArray();
        var month = months switch
        {
            [] => throw new PublicationFormatException("rows with a date such as 01/04/2025", "not one"),
            [var first, var second, ..] when first.Value == second.Value => throw new PublicationFormatException(
                "a file about one month", string.Create(CultureInfo.InvariantCulture, $"{first.Value} rows each about {first.Key:MMMM yyyy} and {second.Key:MMMM yyyy}")),
            [var first, ..] => first.Key,
        };
        var named = EnglishDates.MonthsIn($"{content.FileName} {content.LinkText}").ToArray();
        return named is [var only] && only != (month.Year, month.Month)
            ? throw new PublicationFormatException(
                string.Create(CultureInfo.InvariantCulture, $"the month that the name says, {new DateOnly(only.Year, only.Month, 1):MMMM yyyy}"),
                string.Create(CultureInfo.InvariantCulture, $"most rows about {month:MMMM yyyy}"))
            : month;
    }

    private static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
