using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.DischargeDaily;

/// <summary>What the columns, the metrics and the groups of the long CSV are called.</summary>
internal static class DischargeColumns
{
    public const string Dated = "Period";
    public const string Level = "Level";
    public const string Region = "Region";
    public const string Icb = "ICB";
    public const string Code = "Org Code";
    public const string Name = "Org Name";
    public const string Metric = "Metric";
    public const string MetricType = "Metric Type";
    public const string Group = "Metric Group";
    public const string Value = "Value";

    /// <summary>Patients who no longer meet the criteria to reside, those of them discharged, and those who stayed.</summary>
    public static readonly MetricKey NoLongerMeet = new("no-criteria-to-reside");
    public static readonly MetricKey Discharged = new("no-criteria-to-reside-discharged");
    public static readonly MetricKey NotDischarged = new("no-criteria-to-reside-not-discharged");

    public static readonly IReadOnlyList<string> Headers = [Dated, Level, Region, Icb, Code, Name, Metric, MetricType, Group, Value];

    /// <summary>By group: which of its metrics are read. Only the first name is documented; a name that is not here is rejected.</summary>
    private static readonly Dictionary<string, (string[] Names, MetricKey Metric)> Read = new[]
    {
        ("NCTR", new[] { "Number of patients who no longer meet the criteria to reside" }, NoLongerMeet),
        ("Discharges", ["Number of patients discharged", "Total number of patients discharged", "Number of patients who were discharged"], Discharged),
        (
            "NCTR not discharged",
            [
                "Number of patients who no longer meet the criteria to reside and were not discharged",
                "Number of patients who no longer meet the criteria to reside but were not discharged",
                "Number of patients remaining in hospital who no longer meet the criteria to reside",
            ],
            NotDischarged),
    }.ToDictionary(entry => ColumnName.Normalise(entry.Item1), entry => (entry.Item2.Select(ColumnName.Normalise).ToArray(), entry.Item3));

    public static bool IsRead(string group, string metricType) =>
        Read.ContainsKey(ColumnName.Normalise(group)) && ColumnName.Normalise(metricType).StartsWith("daily", StringComparison.Ordinal);

    public static MetricKey? MetricOf(string group, string metric) =>
        Read.TryGetValue(ColumnName.Normalise(group), out var read) && read.Names.Contains(ColumnName.Normalise(metric)) ? read.Metric : null;
}
