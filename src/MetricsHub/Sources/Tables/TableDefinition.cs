using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Sources.Tables;

internal enum TableFormat
{
    Csv,
    Json,
    Xlsx,
}

/// <summary>What a time means that the clocks showed twice, in the hour that is put back in autumn.</summary>
internal enum AmbiguousTime
{
    Refuse,
    First,
    Second,
}

/// <summary>How the columns of a table map to metrics: what an analyst writes instead of a parser.</summary>
/// <param name="Sheet">The sheet of a workbook; null for any other format.</param>
/// <param name="Rows">A JSON pointer to the array of rows; empty where the document is that array.</param>
/// <param name="Missing">What stands where there is no number, and the absence that it means; upper and lower case are the same.</param>
internal sealed record TableDefinition(
    TableFormat Format,
    string? Sheet,
    string Rows,
    TableOrganisation Organisation,
    TableTime Time,
    IReadOnlyDictionary<string, AbsenceCode> Missing,
    IReadOnlyList<TableFigure> Figures)
{
    /// <summary>The fields that have to be there, each once.</summary>
    public string[] FieldsRead() =>
        [.. new[] { Organisation.Field, Time.Field }.OfType<string>().Concat(Figures.Select(figure => figure.Field)).Distinct(StringComparer.Ordinal)];
}

/// <summary>Whom a row speaks of: the organisation in a field, or always the same one.</summary>
/// <param name="Field">The field; null where <paramref name="Code"/> stands for every row.</param>
/// <param name="Codes">What stands in the field and the organisation that it means; empty where the field holds the codes themselves.</param>
internal sealed record TableOrganisation(string? Field, IReadOnlyDictionary<string, OrganisationCode> Codes, OrganisationCode? Code);

/// <summary>Of which instant a row speaks.</summary>
/// <param name="Formats">Formats of .NET, of which the first that fits counts; empty for ISO 8601.</param>
/// <param name="Zone">The clock of times that bear no offset; null where every time has to bear one.</param>
internal sealed record TableTime(string Field, IReadOnlyList<string> Formats, TimeZoneInfo? Zone, AmbiguousTime Ambiguous);

/// <summary>A field that states a metric.</summary>
/// <param name="Conversion">From the field's unit to the metric's.</param>
internal sealed record TableFigure(MetricKey Metric, string Field, Cadence Cadence, MeasureKind Measure, UnitConversion Conversion);
