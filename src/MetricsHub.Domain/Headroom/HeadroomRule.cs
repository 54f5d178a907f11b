using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Headroom;

/// <summary>Which figures say how much of something is free at a place: what is free itself, or a capacity and what of it is used.</summary>
/// <param name="Capacity">How much there is; null where only what is free is stated.</param>
/// <param name="Used">How much of the capacity is taken; null where what is free is stated.</param>
/// <param name="Free">What is free, as stated; null where it is capacity less used.</param>
/// <param name="Unit">Beds, slots, places: that of all the figures.</param>
/// <param name="MaximumAge">How long before the instant a figure's period may have ended.</param>
public sealed record HeadroomRule(
    string Key,
    string Name,
    string ServiceDomain,
    MetricKey? Capacity,
    MetricKey? Used,
    MetricKey? Free,
    string Unit,
    TimeSpan MaximumAge,
    Provenance Provenance,
    string Source)
{
    /// <summary>The figures that all have to be there, of one and the same period.</summary>
    public IReadOnlyList<MetricKey> Metrics { get; } = [.. new[] { Capacity, Used, Free }.OfType<MetricKey>()];

    /// <summary>What is free at an organisation at an instant. A figure that is not there is never a zero.</summary>
    /// <param name="statements">What is stated of the organisation's figures, for periods that ended by then.</param>
    /// <param name="isClosed">Whether its service is closed at the instant.</param>
    /// <param name="whyAbsent">What the figures are that nobody states, after the newest period that has them all; null where none has.</param>
    public HeadroomReading Read(
        OrganisationCode organisation, IEnumerable<RecordedStatement> statements, DateTimeOffset at, bool isClosed, Func<Period?, AbsenceCode> whyAbsent)
    {
        var periods = statements
            .Where(statement => statement.Period.End <= at && Metrics.Contains(statement.Series.Metric))
            .GroupBy(statement => statement.Period)
            .OrderByDescending(period => period.Key.End)
            .ToList();
        var newest = periods.Find(IsComplete);
        var none = new HeadroomReading(this, organisation, HeadroomStatus.Unknown, null, null, null, newest?.Key ?? periods.FirstOrDefault()?.Key, null);
        if (isClosed)
        {
            return none with { Status = HeadroomStatus.Closed, Absence = AbsenceCode.NotDue };
        }

        // Silence is bridged by an older figure, as long as it is not too old; what somebody says is not there is not.
        foreach (var period in periods.TakeWhile(period => at - period.Key.End <= MaximumAge))
        {
            if (IsComplete(period))
            {
                return Known(organisation, period);
            }

            if (period.Select(statement => statement.Figure.Absence).FirstOrDefault(absence => absence is not null) is { } stated)
            {
                return none with { Status = StatusOf(stated), Absence = stated };
            }
        }

        return none with { Status = newest is null ? HeadroomStatus.Unknown : HeadroomStatus.Stale, Absence = whyAbsent(newest?.Key) };
    }

    /// <summary>Whether each of the figures has a number.</summary>
    /// <param name="period">What is stated of one organisation and period.</param>
    public bool IsComplete(IEnumerable<RecordedStatement> period) =>
        Metrics.All(metric => period.Any(statement => statement.Series.Metric == metric && !statement.Figure.IsAbsent));

    private static HeadroomStatus StatusOf(AbsenceCode stated) => stated switch
    {
        AbsenceCode.NotDue => HeadroomStatus.Closed,
        AbsenceCode.NotApplicable => HeadroomStatus.NotApplicable,
        _ => HeadroomStatus.Unknown,
    };

    private HeadroomReading Known(OrganisationCode organisation, IGrouping<Period, RecordedStatement> period)
    {
        var (capacity, used, free) = (NumberOf(Capacity), NumberOf(Used), NumberOf(Free));
        return new HeadroomReading(this, organisation, HeadroomStatus.Known, free ?? (capacity - used), capacity, used, period.Key, null);

        double? NumberOf(MetricKey? metric) =>
            metric is { } key && period.First(statement => statement.Series.Metric == key).Figure.TryGetNumber(out var number) ? number : null;
    }
}

/// <summary>Whether it is known what is free.</summary>
public enum HeadroomStatus
{
    Known,

    /// <summary>The newest figures are too old to be those of the instant.</summary>
    Stale,

    /// <summary>The figures are not there.</summary>
    Unknown,

    /// <summary>The service is closed, by its hours or as it states.</summary>
    Closed,

    /// <summary>There is nothing of it at the place, as it states.</summary>
    NotApplicable,
}

/// <summary>What is free at one place.</summary>
/// <param name="Free">Below zero where more is used than there is; null where it is not known.</param>
/// <param name="Capacity">Null where it is not known, or not stated.</param>
/// <param name="Used">Null where it is not known, or not stated.</param>
/// <param name="Period">That of the figures, or of the newest ones where they do not do; null where there never were any.</param>
/// <param name="Absence">Why it is not known; null where it is.</param>
public sealed record HeadroomReading(
    HeadroomRule Rule, OrganisationCode Organisation, HeadroomStatus Status, double? Free, double? Capacity, double? Used, Period? Period, AbsenceCode? Absence);
