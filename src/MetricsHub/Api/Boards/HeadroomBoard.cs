using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;

namespace MetricsHub.Api.Boards;

/// <summary>Where there is capacity, and of what nobody knows whether there is.</summary>
internal sealed class HeadroomBoard(HubCatalogue catalogue, HeadroomReader reader, BoardKeeper keeper)
{
    public async Task<IReadOnlyList<HeadroomRow>> ReadAsync(Organisation organisation, string? serviceDomain, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var rules = catalogue.Headroom.Where(rule => string.IsNullOrEmpty(serviceDomain) || rule.ServiceDomain == serviceDomain).ToList();

        // To the minute, so that all panels of an instant share what was read.
        var minute = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var found = await keeper.CurrentAsync(
            ("headroom", organisation.Code, serviceDomain, minute), () => reader.ReadAsync(organisation, rules, minute, CancellationToken.None), cancellationToken);
        List<HeadroomRow> rows =
        [
            .. found.Select(reading => ToRow(HeadroomItem.Of(reading, minute, catalogue))),
            .. rules.Except(found.Select(reading => reading.Rule)).Select(rule => Nowhere(organisation, rule.ServiceDomain, rule.Name, "Nobody at or below the organisation ever stated it.")),
        ];
        return rows.Count > 0 ? rows
            : [Nowhere(organisation, serviceDomain ?? BoardWords.None, BoardWords.None, "The catalogue says of no figure that it tells what is free in this service domain.")];
    }

    private static HeadroomRow ToRow(HeadroomItem item) => new(
        item.Organisation,
        item.Name,
        BoardWords.Simulated(item.Simulated),
        item.ServiceDomain,
        item.MeasureName,
        item.Status,
        item.Reason ?? TextOf(item),
        item.Free,
        item.Capacity,
        item.Unit,
        item.PeriodEnd,
        item.AgeSeconds);

    private static string TextOf(HeadroomItem item)
    {
        var of = item.Capacity is { } capacity ? FormattableString.Invariant($" of {capacity:0.#}") : "";
        return item.Free < 0
            ? FormattableString.Invariant($"none free{of}: {-item.Free:0.#} {item.Unit} more in use than there are")
            : FormattableString.Invariant($"{item.Free:0.#} {item.Unit} free{of}");
    }

    private HeadroomRow Nowhere(Organisation organisation, string serviceDomain, string measure, string why) => new(
        organisation.Code.ToString(), organisation.Name, BoardWords.Simulated(catalogue.IsSimulated(organisation.Code)), serviceDomain, measure, "nowhere", why, null, null, BoardWords.None, null, null);
}
