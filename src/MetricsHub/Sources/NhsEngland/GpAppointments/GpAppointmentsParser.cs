using System.IO.Compression;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>
/// NHS England's daily Appointments in General Practice: a ZIP archive with a table of counts for each month and one of coverage, or
/// one of these tables by itself. The layout is the documented one; no archive of the publisher has been read yet.
/// </summary>
internal sealed class GpAppointmentsParser : IPublicationParser
{
    private const string Expected = "the daily Appointments in General Practice (ZIP of CSVs, or CSV)";
    private const int HeaderRowsSearched = 50;
    private const int FewestMatches = 3;

    // Some thirty months of some 60 MB each, packed to some 50 MB.
    private static readonly ArchiveLimits Limits = ArchiveLimits.Default with { Entries = 100, TotalBytes = 4_000_000_000 };

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var reading = new SummedReading();
        var daily = new DailyTables(reading);
        var coverage = new CoverageTable(reading);
        if (content.Bytes.Span.StartsWith("PK"u8))
        {
            Limits.Check(content.Bytes, Expected);
            using var archive = new ZipArchive(new MemoryStream(content.Bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                Read(BytesOf(entry), entry.Name, daily, coverage);
            }
        }
        else
        {
            Read(content.Bytes, content.FileName, daily, coverage);
        }

        DailyFigures.State(daily, reading);
        coverage.State();
        return reading.RowsWithFigures > 0 ? reading.CompleteRolling() : throw new PublicationFormatException("rows below the header row", "none");
    }

    private static void Read(ReadOnlyMemory<byte> bytes, string name, DailyTables daily, CoverageTable coverage)
    {
        var rows = CsvTable.Read(bytes, $"{Expected}, in '{name}'");
        var (header, matches, isCoverage) = rows
            .Take(HeaderRowsSearched)
            .SelectMany((row, index) => new[]
            {
                (index, Matches: ColumnMap.Matches(row.Cells.Select(GpColumns.Plain), GpColumns.Daily), IsCoverage: false),
                (index, Matches: ColumnMap.Matches(row.Cells.Select(GpColumns.Plain), GpColumns.Coverage), IsCoverage: true),
            })
            .OrderByDescending(candidate => candidate.Matches)
            .First();
        if (matches < FewestMatches)
        {
            throw new PublicationFormatException(
                "a header row of the daily counts or of the coverage table", $"none in the first rows of '{name}'");
        }

        if (isCoverage)
        {
            coverage.Read(rows, header);
        }
        else
        {
            daily.Read(rows, header, name);
        }
    }

    private static ReadOnlyMemory<byte> BytesOf(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
