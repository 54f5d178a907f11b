using System.Globalization;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.DischargeDaily;

/// <summary>
/// Holds the rows for England and for an ICB against the sum of the providers they are made of. An ICB is known in its providers' rows
/// by code or by name; one that no provider names has nothing to be compared with, and a region is not compared.
/// </summary>
internal sealed class DischargeTotals
{
    private readonly Dictionary<(MetricKey Metric, DateOnly Date, string Scope), double> sums = [];
    private readonly List<(MetricKey Metric, DateOnly Date, string[] Scopes, string Name, double Stated)> stated = [];

    private const string England = "";

    public void AddProvider(MetricKey metric, DateOnly date, string icb, double number)
    {
        foreach (var scope in new[] { England, icb })
        {
            sums[(metric, date, scope)] = sums.GetValueOrDefault((metric, date, scope)) + number;
        }
    }

    public void AddNation(MetricKey metric, DateOnly date, string code, double number) => stated.Add((metric, date, [England], code, number));

    public void AddIcb(MetricKey metric, DateOnly date, string code, string name, double number) => stated.Add((metric, date, [code, name], code, number));

    /// <summary>By field: what a row states and what the providers sum to.</summary>
    public IEnumerable<(string Field, double Stated, double Summed)> Compare() =>
        stated
            .Select(total => (total, Scope: total.Scopes.FirstOrDefault(scope => sums.ContainsKey((total.Metric, total.Date, scope)))))
            .Where(pair => pair.Scope is not null)
            .Select(pair => (
                $"{pair.total.Metric}, {pair.total.Name}, {pair.total.Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}",
                pair.total.Stated,
                sums[(pair.total.Metric, pair.total.Date, pair.Scope!)]));
}
