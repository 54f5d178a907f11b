using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>The official monthly CSV: one row per organisation, 18 counts each, and a row that adds them up.</summary>
internal static partial class MonthlyCsv
{
    private const string PeriodHeader = "Period";
    private const string CodeHeader = "Org Code";

    /// <summary>Every column that has to be there. The names of organisations and of their region are not read.</summary>
    public static readonly IReadOnlyList<string> Headers = [PeriodHeader, CodeHeader, .. AeColumns.MonthlyCsv.Select(column => column.Header)];

    private static readonly HashSet<string> NotRead = [ColumnName.Normalise("Parent Org"), ColumnName.Normalise("Org name")];

    /// <param name="header">The index of the header row.</param>
    public static ParsedPublication Parse(IReadOnlyList<TableRow> rows, int header)
    {
        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of(rows[header].Cells, Headers, name => NotRead.Contains(ColumnName.Normalise(name)), body);
        var month = MonthOf(body.Select(row => row[columns[PeriodHeader]]));
        var reading = new PublicationReading();
        foreach (var row in body)
        {
            Read(row, columns, month, reading);
        }

        return reading.Complete(LondonCalendar.Month(month.Year, month.Month), publishedAt: null);
    }

    private static void Read(TableRow row, ColumnMap columns, (int Year, int Month) month, PublicationReading reading)
    {
        var period = row[columns[PeriodHeader]];
        var code = row[columns[CodeHeader]];
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.IsNote(row) && !period.StartsWith("MSitAE", StringComparison.OrdinalIgnoreCase))
        {
            reading.SetAsideNote();
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (TableRows.IsTotalWord(period) || TableRows.IsTotalWord(code))
        {
            reading.SetAsideTotal(Numbers(row, columns));
        }
        else if (MonthIn(period) is not { } rowMonth)
        {
            reading.RejectRow(row.Number, $"'{period}' is not a period such as MSitAE-{MonthName(month)}", row.Text);
        }
        else if (rowMonth != month)
        {
            reading.RejectRow(row.Number, $"the row is about {MonthName(rowMonth)} and the file about {MonthName(month)}", row.Text);
        }
        else if (!OrganisationCode.TryParse(code, out var organisation))
        {
            reading.RejectRow(row.Number, $"'{code}' is not an organisation code", row.Text);
        }
        else
        {
            reading.Accept(new OrganisationRow(row.Number, organisation, Cells(row, columns), Numbers(row, columns), row.Text));
        }
    }

    private static ReportedCell[] Cells(TableRow row, ColumnMap columns)
    {
        var cells = AeColumns.MonthlyCsv
            .Select(column => ReportedCell.Count(column.Metric, column.Header, row[columns[column.Header]]))
            .ToArray();
        for (var part = 0; part < cells.Length; part++)
        {
            var whole = Array.FindIndex(cells, cell => cell.Metric == AeColumns.MonthlyCsv[part].PartOf);
            if (whole >= 0 && cells[part].Number > cells[whole].Number)
            {
                var reason = $"{cells[part].Text} over four hours of {cells[whole].Text} attendances: a part cannot exceed its whole";
                cells[part] = cells[part].Refuse(reason);
                cells[whole] = cells[whole].Refuse(reason);
            }
        }

        return cells;
    }

    private static Dictionary<string, double> Numbers(TableRow row, ColumnMap columns) =>
        AeColumns.MonthlyCsv
            .Select(column => ReportedCell.Count(column.Metric, column.Header, row[columns[column.Header]]))
            .Where(cell => cell.Number is not null)
            .ToDictionary(cell => cell.Field, cell => cell.Number!.Value);

    /// <summary>The month that most rows are about.</summary>
    private static (int Year, int Month) MonthOf(IEnumerable<string> periods)
    {
        var months = periods.Select(MonthIn).OfType<(int, int)>().CountBy(month => month).OrderByDescending(pair => pair.Value).ToArray();
        return months switch
        {
            [] => throw new PublicationFormatException("rows with a period such as MSitAE-DECEMBER-2025", "not one"),
            [var first, var second, ..] when first.Value == second.Value => throw new PublicationFormatException(
                "a file about one month", $"{first.Value} rows each about {MonthName(first.Key)} and {MonthName(second.Key)}"),
            [var first, ..] => first.Key,
        };
    }

    private static (int Year, int Month)? MonthIn(string period)
    {
        var match = PeriodText().Match(period);
        return match.Success && EnglishDates.MonthNumber(match.Groups["month"].Value) is { } month
            ? (int.Parse(match.Groups["year"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), month)
            : null;
    }

    private static string MonthName((int Year, int Month) month) =>
        $"{CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month.Month).ToUpperInvariant()}-{month.Year:0000}";

    [GeneratedRegex(@"^MSitAE\s*-\s*(?<month>[a-z]+)\s*-\s*(?<year>20[0-9]{2})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PeriodText();
}
