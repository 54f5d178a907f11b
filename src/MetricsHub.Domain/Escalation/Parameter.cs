namespace MetricsHub.Domain.Escalation;

/// <summary>An indicator that a framework scores. Its pillar is the indicator's service domain.</summary>
/// <param name="Bands">Which value scores how many points; covers the number line without gap or overlap, and its best band scores 0.</param>
/// <param name="Weight">How much its points count; null where they count as they are.</param>
/// <param name="MaximumAge">
/// How old a contributor's newest figure may be; null where only the slot's own period counts.
/// </param>
/// <param name="LowSample">From midnight to when its figures rest on little; null where it is no since-midnight measure.</param>
public sealed record Parameter(
    string Indicator,
    IReadOnlyList<Band> Bands,
    ParameterWeight? Weight = null,
    MaximumAge? MaximumAge = null,
    LowSampleRule? LowSample = null)
{
    /// <summary>The most it can score, weight included.</summary>
    public decimal MaximumPoints => Bands.Max(PointsOf);

    /// <summary>What a band scores, weight included.</summary>
    public decimal PointsOf(Band band) => band.Points * (Weight?.Value ?? 1);

    public Band BandOf(double value) => Bands.Single(band => band.Range.Contains(value));
}

/// <param name="Points">Before the parameter's weight.</param>
/// <param name="Provenance">Where the band's edges and points come from; where they differ, the weaker of the two.</param>
/// <param name="Source">What states or suggests them.</param>
public sealed record Band(Interval Range, int Points, Provenance Provenance, string Source);

/// <param name="Value">Above 0.</param>
public sealed record ParameterWeight(decimal Value, Provenance Provenance, string Source);

/// <param name="Value">Above zero; counted from the end of a figure's period to the end of the slot.</param>
public sealed record MaximumAge(TimeSpan Value, Provenance Provenance, string Source);

/// <summary>A measure that starts anew at midnight says little in the small hours: it scores all the same, and is marked.</summary>
/// <param name="Before">By the clock of Europe/London; a slot that ends at midnight itself closes a whole day.</param>
public sealed record LowSampleRule(TimeOnly Before, Provenance Provenance, string Source)
{
    public bool Marks(DateTimeOffset slotEnd)
    {
        var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(slotEnd, Time.LondonCalendar.Zone).DateTime);
        return local != TimeOnly.MinValue && local < Before;
    }
}
