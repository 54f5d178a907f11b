using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using MetricsHub.Domain;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Catalogue;

/// <summary>The closed lists of words that catalogue files and the API write, and what they mean.</summary>
internal static partial class CatalogueWords
{
    public const string TimeFormat = "HH:mm";

    public static readonly IReadOnlyDictionary<string, OrganisationKind> OrganisationKinds = Words(Enum.GetValues<OrganisationKind>());
    public static readonly IReadOnlyDictionary<string, Basis> Bases = Words(Enum.GetValues<Basis>());
    public static readonly IReadOnlyDictionary<string, Polarity> Polarities = Words(Enum.GetValues<Polarity>());
    public static readonly IReadOnlyDictionary<string, MeasureKind> Measures = Words(Enum.GetValues<MeasureKind>());
    public static readonly IReadOnlyDictionary<string, Cadence> Cadences = Words(Enum.GetValues<Cadence>());
    public static readonly IReadOnlyDictionary<string, DayOfWeek> DaysOfWeek = Words(Enum.GetValues<DayOfWeek>());
    public static readonly IReadOnlyDictionary<string, Provenance> Provenances = Words(Enum.GetValues<Provenance>());

    public static readonly IReadOnlyDictionary<string, FrameworkStatus> FrameworkStatuses = Words(Enum.GetValues<FrameworkStatus>());
    public static readonly IReadOnlyDictionary<string, ScoringMode> ScoringModes = Words(Enum.GetValues<ScoringMode>());
    public static readonly IReadOnlyDictionary<string, Rounding> Roundings = Words(Enum.GetValues<Rounding>());
    public static readonly IReadOnlyDictionary<string, AbsenceCode> AbsenceCodes = Words(Enum.GetValues<AbsenceCode>());
    public static readonly IReadOnlyDictionary<string, TableFormat> TableFormats = Words(Enum.GetValues<TableFormat>());
    public static readonly IReadOnlyDictionary<string, AmbiguousTime> AmbiguousTimes = Words(Enum.GetValues<AmbiguousTime>());

    /// <summary>How a table's mapping writes that times are in ISO 8601.</summary>
    public const string IsoFormat = "iso";

    /// <summary>What a source does with rows of an organisation that the catalogue does not know: keeps or refuses them.</summary>
    public const string Keep = "keep";

    public const string Refuse = "refuse";

    /// <summary><c>LocalPlaceholder</c> as <c>local-placeholder</c>.</summary>
    public static string ToWord<T>(this T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, index) =>
            char.IsUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static bool TryParseDate(string? text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>An ISO 8601 duration above zero of days, hours and minutes; months and years have no fixed length and are none.</summary>
    public static bool TryParseDuration(string? text, out TimeSpan duration)
    {
        duration = Duration().IsMatch(text ?? "") ? XmlConvert.ToTimeSpan(text!) : TimeSpan.Zero;
        return duration > TimeSpan.Zero;
    }

    /// <summary>The span of two checked dates; blank or absent is open.</summary>
    public static DateSpan ToSpan(string? from, string? to) => new(ToDate(from), ToDate(to));

    /// <summary>A checked interval.</summary>
    public static Interval ToInterval(string text) =>
        Interval.TryParse(text, out var interval) ? interval! : throw new InvalidOperationException($"'{text}' passed the check and is no interval.");

    /// <summary>A checked date; null where it is blank or absent.</summary>
    public static DateOnly? ToDate(string? text) => TryParseDate(text, out var date) ? date : null;

    private static Dictionary<string, T> Words<T>(T[] values)
        where T : struct, Enum =>
        values.ToDictionary(value => value.ToWord());

    [GeneratedRegex(@"^P(?=[0-9]|T[0-9])([0-9]{1,4}D)?(T(?=[0-9])([0-9]{1,4}H)?([0-9]{1,4}M)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Duration();
}
