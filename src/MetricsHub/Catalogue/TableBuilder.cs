using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Catalogue;

/// <summary>Turns the checked mapping of a table into what its parser reads by. Reports nothing, as <see cref="CatalogueBuilder"/>.</summary>
internal static class TableBuilder
{
    public static TableDefinition Build(TableEntry table, MetricsFile metrics)
    {
        var byKey = metrics.Metrics.ToDictionary(metric => metric.Key!);
        return new TableDefinition(
            CatalogueWords.TableFormats[table.Format!],
            table.Sheet,
            table.Rows ?? "",
            new TableOrganisation(
                table.Organisation!.Field,
                table.Organisation.Codes.ToDictionary(pair => pair.Key.Trim(), pair => new OrganisationCode(pair.Value), StringComparer.OrdinalIgnoreCase),
                table.Organisation.Code is { } code ? new OrganisationCode(code) : null),
            new TableTime(
                table.Time!.Field!,
                [.. FormatsOf(table.Time).Where(format => format != CatalogueWords.IsoFormat)],
                table.Time.Zone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null,
                CatalogueWords.AmbiguousTimes[table.Time.Ambiguous]),
            table.Missing.ToDictionary(pair => pair.Key.Trim(), pair => CatalogueWords.AbsenceCodes[pair.Value], StringComparer.OrdinalIgnoreCase),
            [.. table.Figures.Select(figure => ToFigure(byKey[figure.Metric!], figure.Field!, figure.Unit))]);
    }

    /// <summary>The formats of a time, whether it names one or several.</summary>
    public static IEnumerable<string> FormatsOf(TableTimeEntry time) => time.Format is null ? time.Formats : time.Formats.Prepend(time.Format);

    /// <param name="unit">The field's; null for the metric's own.</param>
    public static TableFigure ToFigure(MetricEntry metric, string field, string? unit) => new(
        new MetricKey(metric.Key!),
        field,
        CatalogueWords.Cadences[metric.Cadence!],
        CatalogueWords.Measures[metric.Measure!],
        UnitConversion.Between(unit ?? metric.Unit!, metric.Unit!)!);
}
