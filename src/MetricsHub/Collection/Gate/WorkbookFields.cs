using System.IO.Compression;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Privacy;
using MetricsHub.Sources;

namespace MetricsHub.Collection.Gate;

/// <summary>
/// Tells the gate what a workbook holds: the cells of all sheets, and then its other parts as text. A pivot table keeps a copy of the rows
/// that it sums up, long after the sheet that they stood in was deleted.
/// </summary>
internal static partial class WorkbookFields
{
    /// <param name="bytes">A workbook that was held to <see cref="ArchiveLimits"/> before.</param>
    /// <param name="zip">The same, opened.</param>
    public static void Tell(ReadOnlyMemory<byte> bytes, ZipArchive zip, PatientDataGate gate)
    {
        TellCells(bytes, gate);
        foreach (var (index, entry) in zip.Entries.Index())
        {
            if (gate.Finding is null)
            {
                TellPart(new FieldPlace(index + 1, Field: 0), entry, gate);
            }
        }
    }

    private static void TellCells(ReadOnlyMemory<byte> bytes, PatientDataGate gate)
    {
        try
        {
            foreach (var (sheet, row) in Workbook.AllRows(bytes))
            {
                TellRow(sheet, row, gate);
                if (gate.Finding is not null)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library throws whatever a broken sheet makes it stumble over; to the gate all of it means the same.
            throw new PublicationFormatException(PatientDataCheck.Expected, "a workbook that cannot be read", exception);
        }
    }

    private static void TellRow(int sheet, TableRow row, PatientDataGate gate)
    {
        foreach (var (column, cell) in row.Cells.Index())
        {
            var place = new FieldPlace(sheet, column + 1);
            if (row.Number <= TextFields.HeaderRows && cell.Length > 0)
            {
                gate.Name(place, cell);
            }

            gate.Value(place, cell);
        }
    }

    private static void TellPart(FieldPlace place, ZipArchiveEntry entry, PatientDataGate gate)
    {
        var text = TextFields.Decode(PatientDataCheck.ContentOf(entry));
        if (entry.FullName.Contains("pivotCache", StringComparison.OrdinalIgnoreCase) || entry.FullName.Contains("/tables/", StringComparison.OrdinalIgnoreCase))
        {
            foreach (Match name in NameAttribute().Matches(text))
            {
                gate.Name(place, name.Groups[1].Value);
            }
        }

        gate.Value(place, text);
    }

    [GeneratedRegex("\\bname=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex NameAttribute();
}
