using MetricsHub.Catalogue;
using MetricsHub.Domain.Levels;
using MetricsHub.Domain.Observations;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Where a level changed, and why.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts.</param>
/// <param name="To">Where it ends; what stands at its end is in it.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Items">Oldest first.</param>
/// <param name="Next">Always null: the events come in one piece.</param>
internal sealed record EventsAnswer(
    OrganisationName Organisation, string Framework, DateTimeOffset From, DateTimeOffset To, DateTimeOffset AsOf, IReadOnlyList<EventItem> Items, string? Next);

/// <summary>A change of a level.</summary>
/// <param name="At">The end of the slot at which it came; of a declared level the instant.</param>
/// <param name="Track">calculated; shown; declared; framework (other rules judge from here on).</param>
/// <param name="Kind">
/// first, rise, fall, became-unknown, came-back; of a declared level begun, expired, ended, replaced; version-break: levels before and
/// after it are not compared.
/// </param>
/// <param name="From">The level before, or the one known last; null where there was none.</param>
/// <param name="To">The level from here on; null where there is none.</param>
/// <param name="AlertsAs">What it sorts and alerts as from here on: where it is unknown the one known last, or more; null where it never does.</param>
/// <param name="LastedSeconds">For how long the state before had lasted; null where there was none.</param>
/// <param name="FrameworkVersion">The version that judges from here on; null for a declared level.</param>
/// <param name="Bounds">Between which levels it lies at this slot whatever the missing inputs are; null for a declared level.</param>
/// <param name="ComparedWith">
/// The slot end whose inputs the causes start from: the slot before, or where the calm or the silence began that let the shown level
/// change; null where nothing is compared.
/// </param>
/// <param name="Causes">The inputs that moved in between, the greatest part of the score first.</param>
/// <param name="Declaration">What was declared; null for other events.</param>
internal sealed record EventItem(
    DateTimeOffset At,
    string Track,
    string Kind,
    int? From,
    int? To,
    int? AlertsAs,
    long? LastedSeconds,
    string? FrameworkVersion,
    BoundsItem? Bounds,
    DateTimeOffset? ComparedWith,
    IReadOnlyList<CauseItem> Causes,
    EventDeclaration? Declaration)
{
    public static EventItem Of(ExplainedEvent found, HubCatalogue catalogue)
    {
        var (change, causes, absences) = found;
        return new EventItem(
            change.At,
            change.Track.ToWord(),
            change.Kind.ToWord(),
            change.From,
            change.To,
            change.AlertsAs,
            (long?)change.Lasted?.TotalSeconds,
            change.Version.Length > 0 ? change.Version : null,
            BoundsItem.Of(change.Outcome?.Bounds),
            change.ComparedWith,
            [.. causes.Select(move => CauseItem.Of(move, absences, catalogue))],
            change.Declaration is { } declaration ? new EventDeclaration(declaration.Number, declaration.Actor, declaration.Reason, declaration.Until) : null);
    }
}

/// <summary>What was declared.</summary>
/// <param name="Number">Which declaration it is.</param>
/// <param name="Actor">Who declared it.</param>
/// <param name="Reason">Why, in the words of who declared it.</param>
/// <param name="Until">When it was to expire.</param>
internal sealed record EventDeclaration(long Number, string Actor, string Reason, DateTimeOffset Until);

/// <summary>An input that moved.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="ServiceDomain">The key of the service domain it tells of.</param>
/// <param name="Kind">moved (it scores otherwise), became-missing, came-back, became-not-applicable.</param>
/// <param name="ValueBefore">Null where it was not there.</param>
/// <param name="ValueAfter">Null where it is not there.</param>
/// <param name="Unit">The unit of both; share is a fraction of 1.</param>
/// <param name="PointsBefore">Weight included; null where it was not there, which is never a zero.</param>
/// <param name="PointsAfter">Weight included; null where it is not there.</param>
/// <param name="MaximumPoints">The most that it can score.</param>
/// <param name="BandBefore">The range of the band it was in; null where it was not there.</param>
/// <param name="BandAfter">The range of the band it is in; null where it is not there.</param>
/// <param name="Absence">Why it is missing: not-due, late, source-down or rejected; null where it is not.</param>
internal sealed record CauseItem(
    string Indicator,
    string Name,
    string ServiceDomain,
    string Kind,
    double? ValueBefore,
    double? ValueAfter,
    string Unit,
    decimal? PointsBefore,
    decimal? PointsAfter,
    decimal MaximumPoints,
    string? BandBefore,
    string? BandAfter,
    string? Absence)
{
    public static CauseItem Of(InputMove move, IReadOnlyDictionary<string, AbsenceCode> absences, HubCatalogue catalogue)
    {
        var indicator = catalogue.Indicators[move.Parameter.Indicator];
        return new CauseItem(
            indicator.Key,
            indicator.Name,
            indicator.ServiceDomain,
            move.Kind.ToWord(),
            move.PointsBefore is null ? null : move.Before.Value,
            move.PointsAfter is null ? null : move.After.Value,
            indicator.Unit,
            move.PointsBefore,
            move.PointsAfter,
            move.Parameter.MaximumPoints,
            move.BandBefore?.Range.ToString(),
            move.BandAfter?.Range.ToString(),
            move.Kind == InputMoveKind.BecameMissing && absences.TryGetValue(indicator.Key, out var absence) ? absence.ToText() : null);
    }
}
