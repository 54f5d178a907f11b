namespace MetricsHub.Sources.NhsEngland.AeMonthly;

/// <summary>
/// NHS England's monthly A&amp;E attendances and emergency admissions by organisation, in either form they are found in: the official
/// monthly CSV, which counts booked attendances apart, and an export of the workbook's provider sheet, which includes them.
/// </summary>
internal sealed class AeMonthlyParser : IPublicationParser
{
    // Exports carry up to some twenty lines of title and notes above the header row.
    private const int HeaderRowsSearched = 50;

    // "Code" or "Period" alone stand in many tables; three names of one layout do not meet by chance.
    private const int FewestMatches = 3;

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, "the A&E monthly CSV");
        var (header, matches, isMonthlyCsv) = rows
            .Take(HeaderRowsSearched)
            .SelectMany((row, index) => new[]
            {
                (index, Matches: ColumnMap.Matches(row.Cells, MonthlyCsv.Headers), IsMonthlyCsv: true),
                (index, Matches: ColumnMap.Matches(row.Cells, ProviderSheet.Headers), IsMonthlyCsv: false),
            })
            .OrderByDescending(candidate => candidate.Matches)
            .First();
        if (matches < FewestMatches)
        {
            throw new PublicationFormatException(
                "a header row with 'Period', 'Org Code' and A&E attendances by type", $"none in the first rows; the file starts '{Start(rows[0])}'");
        }

        return isMonthlyCsv ? MonthlyCsv.Parse(rows, header) : ProviderSheet.Parse(rows, header, content);
    }

    private static string Start(TableRow row) => row.Text.Length <= 80 ? row.Text : row.Text[..80];
}
