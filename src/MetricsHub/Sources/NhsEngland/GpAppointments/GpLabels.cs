using System.Text.RegularExpressions;
using MetricsHub.Domain.Metrics;

namespace MetricsHub.Sources.NhsEngland.GpAppointments;

/// <summary>
/// What an appointment is counted as by the words of one column. A word that nobody here knows may be a new name of a known one, so it
/// refuses the figures that its column makes: to pass it over would turn them into zeros.
/// </summary>
/// <param name="Field">The column.</param>
/// <param name="Metrics">The metrics that the column makes.</param>
internal sealed partial record GpLabels(string Field, IReadOnlyList<MetricKey> Metrics, IReadOnlyDictionary<string, IReadOnlyList<MetricKey>> Words)
{
    private static readonly MetricKey WithinTwoWeeks = new("gp-appointments-within-two-weeks");
    private static readonly MetricKey WaitUnknown = new("gp-appointments-wait-unknown");
    private static readonly MetricKey StatusUnknown = new("gp-appointments-status-unknown");

    public static readonly MetricKey Appointments = new("gp-appointments");

    public static readonly IReadOnlyList<GpLabels> All =
    [
        Of(
            GpColumns.Status,
            ("Attended", [new("gp-appointments-attended")]),
            ("DNA", [new("gp-appointments-dna")]),
            ("Unknown", [StatusUnknown]),
            ("Appt Status Not Provided", [StatusUnknown])),
        Of(
            GpColumns.Mode,
            ("Face-to-Face", [new("gp-appointments-face-to-face")]),
            ("Telephone", []),
            ("Home Visit", []),
            ("Video/Online", []),
            ("Video Conference/Online", []),
            ("Unknown", [])),
        Of(
            GpColumns.Wait,
            ("Same Day", [new("gp-appointments-same-day"), WithinTwoWeeks]),
            ("1 Day", [WithinTwoWeeks]),
            ("2 to 7 Days", [WithinTwoWeeks]),
            ("8 to 14 Days", [WithinTwoWeeks]),
            ("15 to 21 Days", []),
            ("22 to 28 Days", []),
            ("More than 28 Days", [new("gp-appointments-over-four-weeks")]),
            ("Unknown / Data Quality", [WaitUnknown]),
            ("Unknown / Data Issue", [WaitUnknown])),
    ];

    /// <summary>The metrics that a word counts for; null where the word is not known.</summary>
    public IReadOnlyList<MetricKey>? Find(string word) => Words.GetValueOrDefault(Plain(word));

    private static GpLabels Of(string field, params (string Word, IReadOnlyList<MetricKey> Metrics)[] words) => new(
        field,
        [.. words.SelectMany(word => word.Metrics).Distinct()],
        words.ToDictionary(word => Plain(word.Word), word => word.Metrics));

    /// <summary>The publisher writes <c>8  to 14 Days</c> with two spaces.</summary>
    private static string Plain(string word) => Spaces().Replace(word, "").ToUpperInvariant();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
