using System.Globalization;
using System.Text.RegularExpressions;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using static MetricsHub.Sources.NhsEngland.VirtualWard.VirtualWardColumns;

namespace MetricsHub.Sources.NhsEngland.VirtualWard;

/// <summary>Reads the row of one ICB.</summary>
internal static partial class VirtualWardRow
{
    // The sheet prints three decimals in some months: half of the last one, and a little for the arithmetic.
    private const double OccupancyTolerance = 0.0005 + 1e-9;

    public static OrganisationRow Of(TableRow row, ColumnMap columns, OrganisationCode organisation)
    {
        var capacity = Count(row, columns, CapacityMetric, Capacity);
        var patients = Count(row, columns, PatientsMetric, Patients);
        var population = Count(row, columns, PopulationMetric, Population);
        var occupancy = StatedOccupancy(row[columns[Occupancy]], patients.Number, capacity.Number);
        if (patients.Number == 0 && capacity.Number > 0 && row[columns[Name]].EndsWith('*'))
        {
            // January 2024 marks an ICB whose return failed and prints 0 patients for it. Nobody counted none.
            patients = patients with { Figure = Figure.Absent(AbsenceCode.Suppressed) };
            occupancy = occupancy with { Figure = Figure.Absent(AbsenceCode.Suppressed), Problem = null };
        }

        return new OrganisationRow(row.Number, organisation, [capacity, patients, population, occupancy], Numbers(row, columns), row.Text);
    }

    /// <summary>The numbers of the columns that the England row adds up.</summary>
    public static Dictionary<string, double> Numbers(TableRow row, ColumnMap columns) =>
        Added
            .Select(header => (header, Cell: Count(row, columns, CapacityMetric, header)))
            .Where(pair => pair.Cell.Number is not null)
            .ToDictionary(pair => pair.header, pair => pair.Cell.Number!.Value);

    private static ReportedCell Count(TableRow row, ColumnMap columns, Domain.Metrics.MetricKey metric, string header)
    {
        var text = row[columns[header]];
        return Withheld().IsMatch(text)
            ? new ReportedCell(metric, header, text, Figure.Absent(AbsenceCode.Suppressed), null)
            : ReportedCell.Count(metric, header, text);
    }

    private static ReportedCell StatedOccupancy(string text, double? patients, double? capacity)
    {
        var cell = new ReportedCell(OccupancyMetric, Occupancy, text, null, null);
        if (text.Length == 0 || Withheld().IsMatch(text))
        {
            return cell with { Figure = Figure.Absent(AbsenceCode.Suppressed) };
        }

        if (text == "-")
        {
            return cell with { Figure = Figure.Absent(AbsenceCode.NotApplicable) };
        }

        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var stated)
            || !double.IsFinite(stated))
        {
            return cell with { Problem = "not a fraction" };
        }

        return (patients, capacity) switch
        {
            (null, _) or (_, null) => cell with { Figure = Figure.Of(stated) },
            (_, 0) => cell with { Problem = "a share of no capacity" },
            ({ } part, { } whole) when Math.Abs(stated - (part / whole)) <= OccupancyTolerance => cell with { Figure = Figure.Of(stated) },
            ({ } part, { } whole) => cell with
            {
                Problem = string.Create(CultureInfo.InvariantCulture, $"{part} patients over a capacity of {whole} are {part / whole:0.0000}"),
            },
        };
    }

    // "*", "**", or a capped share: "100%*".
    [GeneratedRegex(@"^(?:[0-9]+(?:\.[0-9]+)?\s*%?)?\s*\*+$", RegexOptions.CultureInvariant)]
    private static partial Regex Withheld();
}
