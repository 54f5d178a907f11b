using MetricsHub.Catalogue;
using MetricsHub.Domain.Headroom;
using MetricsHub.Domain.Observations;

namespace MetricsHub.Api;

/// <summary>Where there is capacity.</summary>
/// <param name="Organisation">At and below which organisation.</param>
/// <param name="At">At which instant.</param>
/// <param name="Note">What the figures are, and what they are not.</param>
/// <param name="Items">By measure; then the most free first, and after those the places of which it is not known. Beds are listed by what is stated, never added up.</param>
/// <param name="Nowhere">What nobody at or below the organisation ever stated: there may be capacity, and nobody knows.</param>
/// <param name="Next">Always null: the list is whole.</param>
internal sealed record HeadroomAnswer(
    OrganisationName Organisation, DateTimeOffset At, string Note, IReadOnlyList<HeadroomItem> Items, IReadOnlyList<HeadroomMeasure> Nowhere, string? Next)
{
    public const string Caution =
        "What is free is a figure of that instant, as it was stated, and not an offer: whether somebody can be taken in a place is for that place to say. "
        + "A place of which it is not known is neither full nor free.";
}

/// <summary>What is free at one place.</summary>
/// <param name="Organisation">The place's ODS code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Simulated">Whether it is made up.</param>
/// <param name="ServiceDomain">The key of the service domain.</param>
/// <param name="Measure">The key of what is measured, and how.</param>
/// <param name="MeasureName">Its name.</param>
/// <param name="Status">known; stale (the newest figures are too old); unknown (they are not there); closed (the service is, by its hours or as it states); not-applicable (there is nothing of it there, as it states).</param>
/// <param name="Free">How much is free; below zero where more is used than there is; null where it is not known, which is neither zero nor full.</param>
/// <param name="Capacity">How much there is; null where it is not known, or not stated.</param>
/// <param name="Used">How much of it is used; null where it is not known, or not stated.</param>
/// <param name="Unit">The unit of all of them.</param>
/// <param name="PeriodEnd">The end of the figures' period; where they do not do, that of the newest there were; null where there never were any.</param>
/// <param name="AgeSeconds">How long before the instant that was.</param>
/// <param name="Absence">Why it is not known, as a coded absence; null where it is.</param>
/// <param name="Reason">The same in words; null where it is known.</param>
/// <param name="Sources">The keys of the sources that state the figures.</param>
internal sealed record HeadroomItem(
    string Organisation,
    string Name,
    bool Simulated,
    string ServiceDomain,
    string Measure,
    string MeasureName,
    string Status,
    double? Free,
    double? Capacity,
    double? Used,
    string Unit,
    DateTimeOffset? PeriodEnd,
    long? AgeSeconds,
    string? Absence,
    string? Reason,
    IReadOnlyList<string> Sources)
{
    public static HeadroomItem Of(HeadroomReading reading, DateTimeOffset at, HubCatalogue catalogue)
    {
        var rule = reading.Rule;
        return new HeadroomItem(
            reading.Organisation.ToString(),
            catalogue.Organisations.Find(reading.Organisation)?.Name ?? "",
            catalogue.IsSimulated(reading.Organisation),
            rule.ServiceDomain,
            rule.Key,
            rule.Name,
            reading.Status.ToWord(),
            reading.Free,
            reading.Capacity,
            reading.Used,
            rule.Unit,
            reading.Period?.End,
            (long?)(at - reading.Period?.End)?.TotalSeconds,
            reading.Absence?.ToText(),
            WhyNot(reading, at),
            [.. rule.Metrics.SelectMany(metric => catalogue.SourcesOf(metric)).Select(source => source.Key.ToString()).Distinct()]);
    }

    private static string? WhyNot(HeadroomReading reading, DateTimeOffset at) => reading.Status switch
    {
        HeadroomStatus.Closed => "The service is closed, by its opening hours or as it states.",
        HeadroomStatus.NotApplicable => "There is nothing of it at this place, as it states.",
        HeadroomStatus.Stale => FormattableString.Invariant(
            $"The newest figures are {(at - reading.Period!.Value.End).TotalHours:0.#} hours old; at most {reading.Rule.MaximumAge.TotalHours:0.#} are taken."),
        HeadroomStatus.Unknown => reading.Period is null ? "Nobody has stated it by then." : "The figures of one period are not all there.",
        _ => null,
    };
}

/// <summary>Something of which it can be told what is free.</summary>
/// <param name="Measure">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain.</param>
/// <param name="MaximumAgeSeconds">How old a figure may be.</param>
/// <param name="Provenance">Where that, and the choice of figures, comes from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="Source">What states or suggests it.</param>
internal sealed record HeadroomMeasure(string Measure, string Name, string ServiceDomain, long MaximumAgeSeconds, string Provenance, string Source)
{
    public static HeadroomMeasure Of(HeadroomRule rule) => new(
        rule.Key, rule.Name, rule.ServiceDomain, (long)rule.MaximumAge.TotalSeconds, rule.Provenance.ToWord(), rule.Source);
}
