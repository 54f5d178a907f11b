using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using static MetricsHub.Sources.Nhsbsa.DentalActivity.DentalColumns;

namespace MetricsHub.Sources.Nhsbsa.DentalActivity;

/// <summary>
/// NHSBSA's monthly general dental activity: a row is a contract. Contracts are added up by commissioner, an integrated care board. A
/// row whose commissioner or month cannot be read refuses the file, because any sum might lack it.
/// </summary>
internal sealed partial class DentalActivityParser : IPublicationParser
{
    private const string Expected = "the monthly general dental activity by contract (CSV)";

    public int Version => 2;

    public ParsedPublication Parse(PublicationContent content)
    {
        var rows = CsvTable.Read(content.Bytes, Expected);
        var body = rows.Skip(1).ToArray();
        var columns = ColumnMap.Of(rows[0].Cells, Headers, IsNotRead, body);
        var reading = new SummedReading();
        var sums = new Dictionary<(OrganisationCode Commissioner, Period Month), ContractSums>();
        foreach (var row in body)
        {
            if (row.IsBlank)
            {
                reading.SetAsideBlank();
            }
            else
            {
                Read(row, columns, sums, reading);
            }
        }

        foreach (var ((commissioner, month), contracts) in sums.OrderBy(pair => pair.Value.Row))
        {
            contracts.State(commissioner, month, reading);
        }

        return reading.RowsWithFigures > 0 ? reading.Complete() : throw new PublicationFormatException("rows below the header row", "none");
    }

    private static void Read(
        TableRow row, ColumnMap columns, Dictionary<(OrganisationCode Commissioner, Period Month), ContractSums> sums, SummedReading reading)
    {
        if (TableRows.WidthProblem(row, columns) is { } width)
        {
            throw new PublicationFormatException("rows as wide as their header row", width);
        }

        var contract = row[columns[Contract]];
        if (!OrganisationCode.TryParse(row[columns[Commissioner]], out var commissioner)
            || YearAndMonth().Match(row[columns[Month]]) is not { Success: true } month
            || contract.Length == 0)
        {
            throw new PublicationFormatException(
                "a month such as 202601, a commissioner and a contract in every row",
                $"'{row[columns[Month]]}', '{row[columns[Commissioner]]}' and '{contract}' in row {row.Number}");
        }

        var key = (commissioner, LondonCalendar.Month(Number(month.Groups[1]), Number(month.Groups[2])));
        var contracts = sums.TryGetValue(key, out var known) ? known : sums[key] = new ContractSums(row.Number);
        if (contracts.Add(contract, row, columns) is { } problem)
        {
            reading.RejectRow(row.Number, problem, row.Text);
        }
        else
        {
            reading.AcceptRow();
        }
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(20[0-9]{2})(0[1-9]|1[0-2])$", RegexOptions.CultureInvariant)]
    private static partial Regex YearAndMonth();
}
