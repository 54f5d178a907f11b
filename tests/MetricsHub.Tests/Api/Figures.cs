using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;

namespace MetricsHub.Tests.Api;

/// <summary>Statements for tests: made up, about real organisations.</summary>
internal static class Figures
{
    public static readonly PublicationId Publication = PublicationId.Of("first"u8);
    public static readonly PublicationId Revision = PublicationId.Of("revised"u8);
    public static readonly DateTimeOffset RecordedAt = new(2024, 7, 11, 9, 30, 0, TimeSpan.Zero);
    public static readonly Period June = LondonCalendar.Month(2024, 6);

    public static RecordedStatement Of(string metric, string organisation, Period period, double value) =>
        new(new SeriesKey(new MetricKey(metric), new OrganisationCode(organisation)), period, Figure.Of(value), 7, Publication, RecordedAt);

    public static RecordedStatement Absent(string metric, string organisation, Period period, AbsenceCode code) =>
        Of(metric, organisation, period, 0) with { Figure = Figure.Absent(code) };

    /// <summary>
    /// Surrey Heartlands in June 2024: a department of 1,000 attendances with 350 over four hours (65 %, 2 points of 3), 8 waits over
    /// twelve hours of 100 admissions (8 %, 2 of 3) and a virtual ward of 100 places with 85 patients (85 %, 1 of 3). Urgent treatment is
    /// not stated.
    /// </summary>
    public static IEnumerable<RecordedStatement> OfSurrey(Period period) =>
    [
        Of("ed-type-1-attendances", "RA2", period, 900),
        Of("ed-type-1-attendances-booked", "RA2", period, 100),
        Of("ed-type-2-attendances", "RA2", period, 0),
        Of("ed-type-2-attendances-booked", "RA2", period, 0),
        Of("ed-type-1-over-4h", "RA2", period, 345),
        Of("ed-type-1-over-4h-booked", "RA2", period, 5),
        Of("ed-type-2-over-4h", "RA2", period, 0),
        Of("ed-type-2-over-4h-booked", "RA2", period, 0),
        Of("dta-wait-over-12h", "RA2", period, 8),
        Of("emergency-admissions-via-type-1", "RA2", period, 100),
        Of("emergency-admissions-via-type-2", "RA2", period, 0),
        Of("emergency-admissions-via-type-3", "RA2", period, 0),
        Of("virtual-ward-patients", "QXU", period, 85),
        Of("virtual-ward-capacity", "QXU", period, 100),
    ];
}
