using MetricsHub.Domain.Organisations;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>
/// Adds the daily counts up: a row is one sub-ICB location, day, status, staff, mode and waiting band. A row whose location or day
/// cannot be read refuses the file, because any sum might lack it.
/// </summary>
internal sealed class DailyTables(SummedReading reading)
{
    private readonly Dictionary<OrganisationCode, SortedDictionary<DateOnly, DayCounts>> days = [];
    private int tables;

    public IReadOnlyDictionary<OrganisationCode, SortedDictionary<DateOnly, DayCounts>> Days => days;

    public void Read(IReadOnlyList<TableRow> rows, int header, string name)
    {
        tables++;
        var body = rows.Skip(header + 1).ToArray();
        var columns = ColumnMap.Of([.. rows[header].Cells.Select(GpColumns.Plain)], GpColumns.Daily, GpColumns.IsNotRead, body);
        var seen = new HashSet<(OrganisationCode, DateOnly, string)>();
        foreach (var row in body)
        {
            if (row.IsBlank)
            {
                reading.SetAsideBlank();
            }
            else if (TableRows.IsNote(row))
            {
                reading.SetAsideNote();
            }
            else
            {
                Read(row, columns, name, seen);
            }
        }
    }

    private void Read(TableRow row, ColumnMap columns, string name, HashSet<(OrganisationCode, DateOnly, string)> seen)
    {
        if (TableRows.WidthProblem(row, columns) is { } width)
        {
            throw new PublicationFormatException("rows as wide as their header row", $"{width}, in '{name}'");
        }

        if (!OrganisationCode.TryParse(row[columns[GpColumns.Code]], out var location) || GpDates.Read(row[columns[GpColumns.Date]]) is not { } date)
        {
            throw new PublicationFormatException(
                "a sub-ICB location's code and a day such as 01FEB2023 in every row",
                $"'{row[columns[GpColumns.Code]]}' and '{row[columns[GpColumns.Date]]}' in row {row.Number} of '{name}'");
        }

        var byDate = days.TryGetValue(location, out var known) ? known : days[location] = [];
        var day = byDate.TryGetValue(date, out var counts) ? counts : byDate[date] = new DayCounts(tables, row.Number);
        var words = GpLabels.All.Select(labels => row[columns[labels.Field]]).ToArray();
        var text = row[columns[GpColumns.Count]];
        var problem =
            day.Table != tables ? $"another table of the publication states {location} on {date:yyyy-MM-dd} already"
            : !seen.Add((location, date, string.Join('\n', words.Append(row[columns[GpColumns.Staff]])))) ? "a row with the same words stands above, and nobody can say whether to add them"
            : null;
        var figure = CountText.Read(text, out var unreadable);
        problem ??= figure is { } read && read.TryGetNumber(out _) ? null : unreadable ?? "there is no count";
        if (problem is not null)
        {
            reading.RejectRow(row.Number, problem, row.Text);
            day.Refuse(GpColumns.Count, $"row {row.Number} was rejected, and the sum would lack it", text);
            return;
        }

        figure!.Value.TryGetNumber(out var count);
        reading.AcceptRow();
        day.Add(GpLabels.Appointments, count);
        foreach (var (labels, word) in GpLabels.All.Zip(words))
        {
            if (labels.Find(word) is not { } metrics)
            {
                day.Refuse(labels.Field, $"'{word}' in row {row.Number} is not known here, and may be a new name of what is", word);
                continue;
            }

            foreach (var metric in metrics)
            {
                day.Add(metric, count);
            }
        }
    }
}
