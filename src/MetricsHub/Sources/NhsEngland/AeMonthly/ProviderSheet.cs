using System.Globalization;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using static MetricsHub.Sources.NhsEngland.AeMonthly.ProviderSheetHeader;

namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>
/// An export of the workbook's provider sheet. It does not say its month among the rows, and it states everything twice: attendances
/// within and over four hours beside all of them, totals, percentages. What is stated twice is checked, not kept.
/// </summary>
internal static class ProviderSheet
{
    private static readonly string[] Checks =
    [
        .. Enumerable.Range(0, 4).SelectMany(type => new[] { Within(type), Percentage(type) }),
        Attendances(0), Over(0), AdmissionsViaTotal, AdmissionsTotal, DtaOver4H,
    ];

    private static readonly string[] Added =
    [
        .. AeColumns.ProviderSheet.Select(column => column.Header),
        .. Checks.Where(header => !Enumerable.Range(0, 4).Any(type => header == Percentage(type))),
    ];

    /// <summary>Every column that has to be there. The organisation's region is not read, its name only in a total row.</summary>
    public static readonly IReadOnlyList<string> Headers = [Code, Name, .. AeColumns.ProviderSheet.Select(column => column.Header), .. Checks];

    /// <param name="header">The index of the header row.</param>
    public static ParsedPublication Parse(IReadOnlyList<TableRow> rows, int header, PublicationContent content)
    {
        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of(Unique(rows[header].Cells), Headers, IsRegion, body);
        var month = ProviderSheetMonth.Of(content, rows.Take(header));
        var reading = new PublicationReading();
        foreach (var row in body)
        {
            Read(row, columns, reading);
        }

        if (body.All(row => row.IsBlank))
        {
            throw new PublicationFormatException("rows below the header row", "none");
        }

        return reading.Complete(LondonCalendar.Month(month.Year, month.Month), publishedAt: null);
    }

    private static void Read(TableRow row, ColumnMap columns, PublicationReading reading)
    {
        var code = row[columns[Code]];
        if (row.IsBlank)
        {
            reading.SetAsideBlank();
        }
        else if (TableRows.IsNote(row) && !code.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character)))
        {
            // A code that stands alone is an organisation that lost its figures, not a note.
            reading.SetAsideNote();
        }
        else if (TableRows.IsNote(row))
        {
            reading.RejectRow(row.Number, "the row holds nothing but a code", row.Text);
        }
        else if (TableRows.WidthProblem(row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else if (TableRows.IsTotalWord(code) || (code is "" or "-" && TableRows.IsTotalWord(row[columns[Name]])))
        {
            reading.SetAsideTotal(Numbers(row, columns));
        }
        else if (!OrganisationCode.TryParse(code, out var organisation))
        {
            reading.RejectRow(row.Number, $"'{code}' is not an organisation code", row.Text);
        }
        else if (ProviderSheetChecks.Failure(header => row[columns[header]]) is { } failure)
        {
            reading.RejectRow(row.Number, failure, row.Text);
        }
        else
        {
            reading.Accept(new OrganisationRow(row.Number, organisation, Cells(row, columns), Numbers(row, columns), row.Text));
        }
    }

    private static ReportedCell[] Cells(TableRow row, ColumnMap columns) =>
    [
        .. AeColumns.ProviderSheet.Select(column => ReportedCell.Count(column.Metric, column.Header, row[columns[column.Header]])),
        DtaWait4To12H(row[columns[DtaOver4H]], row[columns[DtaOver12H]]),
    ];

    /// <summary>The sheet counts everybody who waited over four hours, the CSV only those up to twelve: the difference is the same metric.</summary>
    private static ReportedCell DtaWait4To12H(string over4, string over12)
    {
        var all = ReportedCell.Count(AeColumns.DtaWait4To12H, DtaOver4H, over4);
        var longest = CountText.Read(over12, out var problem);
        return (all.Number, longest) switch
        {
            (null, _) => all,
            ({ } number, { } figure) when figure.TryGetNumber(out var over) => all with { Figure = Domain.Observations.Figure.Of(number - over) },
            (_, { } absent) => all with { Figure = absent },
            _ => all with { Figure = null, Problem = $"'{over12}' waited over twelve hours: {problem}" },
        };
    }

    private static Dictionary<string, double> Numbers(TableRow row, ColumnMap columns) =>
        Added
            .Select(header => (header, Figure: CountText.Read(row[columns[header]], out _)))
            .Where(cell => cell.Figure is { IsAbsent: false })
            .ToDictionary(cell => cell.header, cell => double.Parse(cell.Figure.ToString()!, CultureInfo.InvariantCulture));

    private static bool IsRegion(string header) => ColumnName.Normalise(header) == ColumnName.Normalise(Region);
}
