using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Api.Boards;

/// <summary>The words of boards. A level is a word, not a number, wherever there may be none: a gap in a chart would look like nothing at all.</summary>
internal static class BoardWords
{
    public const string NotCalculated = "not calculated";
    public const string NotJudged = "not judged";
    public const string None = "none";

    /// <param name="level">1 to 4; 0 where none was calculated.</param>
    public static string Calculated(int level) => level > 0 ? Number(level) : NotCalculated;

    /// <summary>1 to 4; "3 held"; "unknown", which is never shortened to the level known last; "never known".</summary>
    public static string Shown(ShownStatus status, int level) => status switch
    {
        ShownStatus.Known => Number(level),
        ShownStatus.Held => $"{Number(level)} held",
        ShownStatus.Unknown => "unknown",
        _ => "never known",
    };

    /// <summary>A bound as a number; null where nothing was ever known, and no bound was worked out.</summary>
    public static int? LevelOf(int? bound) => bound is > 0 ? bound : null;

    public static string Bounds(LevelBounds? found) => found switch
    {
        null => NotJudged,
        { Lowest: 0 } => "1 to 4: nothing is known",
        { IsCertain: true } bounds => FormattableString.Invariant($"certain: {bounds.Lowest} whatever the missing inputs are ({bounds.UnknownPercent:0} % of the points unknown)"),
        { } bounds => FormattableString.Invariant($"{bounds.Lowest} to {bounds.Highest}: {bounds.UnknownPercent:0} % of the points unknown"),
    };

    /// <summary>"72.3 %" for a share, else "35.5 minutes".</summary>
    public static string Value(double value, string unit) => unit == "share"
        ? FormattableString.Invariant($"{100 * value:0.#} %")
        : FormattableString.Invariant($"{value:#,0.##} {unit}");

    public static string Simulated(bool isSimulated) => isSimulated ? "simulated" : "real";

    /// <summary>A service domain's name; its key where the catalogue has none.</summary>
    public static string ServiceDomain(this HubCatalogue catalogue, string key) => catalogue.ServiceDomains.FirstOrDefault(domain => domain.Key == key)?.Name ?? key;

    /// <summary>Whether a silent organisation stated the input within the year before: then it is missed, and weighs in the coverage.</summary>
    public static bool HasLapsed(this IndicatorReading input, OrganisationCode organisation) =>
        input.Others.Any(other => other.Organisation == organisation && other.Last is not null);

    public static string NobodyJudges(Organisation organisation, string? framework) => framework is null
        ? $"No framework in force judges {organisation.Name}: it is a {organisation.Kind.ToWord()}."
        : $"{framework} does not judge {organisation.Name} at this instant.";

    private static string Number(int level) => level.ToString(CultureInfo.InvariantCulture);
}
