using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using static MetricsHub.Sources.Nhsbsa.DentalActivity.DentalColumns;

namespace MetricsHub.Sources.Nhsbsa.DentalActivity;

/// <summary>
/// The sums of one commissioner and month while its contracts are added to them. A blank cell is no zero: the contract is not among
/// those that the sum is of, and how many are is stated beside it. A cell that cannot be read refuses the sum of its column.
/// </summary>
/// <param name="row">The first row that speaks of it.</param>
internal sealed partial class ContractSums(int row)
{
    private readonly HashSet<string> contracts = [];
    private readonly Column[] columns = [.. Added.Select(_ => new Column())];
    private string? repeated;

    public int Row { get; } = row;

    /// <summary>Why the contract is not added, or null where it is.</summary>
    public string? Add(string contract, TableRow row, ColumnMap map)
    {
        if (!contracts.Add(contract))
        {
            repeated = $"row {row.Number} repeats contract {contract}, and nobody can say which of its rows is right";
            return $"contract {contract} stands above already";
        }

        for (var index = 0; index < columns.Length; index++)
        {
            columns[index].Add(row[map[Added[index].Header]], row.Number);
        }

        return null;
    }

    public void State(OrganisationCode commissioner, Period month, SummedReading reading)
    {
        reading.Owe(1 + (2 * columns.Length));
        StateOrRefuse(new ReportedCell(Contracts, Contract, contracts.Count.ToString(CultureInfo.InvariantCulture), Figure.Of(contracts.Count), repeated));
        foreach (var (definition, column) in Added.Zip(columns))
        {
            // Nobody of them states it: then there is nothing to add, which is not the same as a sum of nothing.
            var sum = column.Reporting == 0 ? Figure.Absent(AbsenceCode.Suppressed) : Figure.Of((double)column.Sum);
            var problem = repeated ?? column.Problem;
            StateOrRefuse(new ReportedCell(definition.Metric, definition.Header, column.Text, sum, problem));
            StateOrRefuse(new ReportedCell(definition.Reporting, definition.Header, column.Text, Figure.Of(column.Reporting), problem));
        }

        void StateOrRefuse(ReportedCell cell) =>
            reading.State(cell.Problem is null ? cell : cell with { Problem = $"{cell.Metric} of {commissioner}: {cell.Problem}" }, commissioner, month, Row);
    }

    private sealed partial class Column
    {
        // Decimal: tens of thousands of tenths add up without a trace of binary fractions.
        public decimal Sum { get; private set; }

        public int Reporting { get; private set; }

        public string? Problem { get; private set; }

        public string Text { get; private set; } = "";

        public void Add(string text, int row)
        {
            if (text.Length == 0)
            {
                return;
            }

            if (Number().IsMatch(text))
            {
                Sum += decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                Reporting++;
                return;
            }

            Problem ??= $"'{text}' in row {row} is not a number of nought or more";
            Text = text;
        }

        [GeneratedRegex(@"^[0-9]{1,12}(?:\.[0-9]{1,6})?$", RegexOptions.CultureInvariant)]
        private static partial Regex Number();
    }
}
