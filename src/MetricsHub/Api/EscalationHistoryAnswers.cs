using FluentValidation;
using MetricsHub.Catalogue;

namespace MetricsHub.Api;

/// <summary>Which readings of which framework.</summary>
/// <param name="Framework">The framework's key; can be left out where only one judges the organisation. One in shadow has to be named.</param>
/// <param name="Version">One version of it; every version that is in force where it is left out.</param>
/// <param name="From">Readings that stand at or after it: a date (the end of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Readings that stand at or before it: a date (the end of that day in Europe/London) or an RFC 3339 instant; now by default.</param>
/// <param name="Step">hour or day: of a finer grid the last reading of each hour (of UTC) or day (of Europe/London), with the highest levels of all of them. Every reading by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
internal sealed record EscalationHistoryRequest(string? Framework, string? Version, string? From, string? To, string? Step, string? AsOf);

internal sealed class EscalationHistoryRequestRules : AbstractValidator<EscalationHistoryRequest>
{
    public EscalationHistoryRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.Version)
            .Must((request, version) => version is null || catalogue.Frameworks.Any(framework => framework.Key == request.Framework && framework.Version == version))
            .WithMessage("The framework named has no such version; see /api/v1/frameworks.");
        RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
        RuleFor(request => request.From).IsDateOrInstant();
        RuleFor(request => request.To).IsDateOrInstant();
        RuleFor(request => request.To)
            .Must((request, to) => !(ApiTime.End(to) < ApiTime.End(request.From))).WithMessage("Lies before from.");
        RuleFor(request => request.Step).IsWord(EscalationHistory.Steps);
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

/// <summary>The readings of one framework, one for each slot of its grid or for each step.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Items">Oldest first.</param>
/// <param name="Next">Always null: the history comes in one piece.</param>
internal sealed record EscalationHistoryAnswer(
    OrganisationName Organisation, string Framework, DateTimeOffset AsOf, IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>The outcome at one slot, or the last one of a step.</summary>
/// <param name="At">The instant at which the reading stands: the end of the period judged.</param>
/// <param name="FrameworkVersion">The version of the framework that judged.</param>
/// <param name="Break">Whether another version judged the item before: levels are not to be joined across it.</param>
/// <param name="Status">calculated or not-calculated.</param>
/// <param name="Level">The calculated level, 1 (least pressure) to 4; null where it is not calculated.</param>
/// <param name="LowestLevel">The level with every missing input at its best; null where the organisation is not judged.</param>
/// <param name="HighestLevel">The level with every missing input at its worst; null where the organisation is not judged.</param>
/// <param name="ShownLevel">The level to show, or the one known last; null where there never was one.</param>
/// <param name="ShownStatus">known, held, unknown or never-known.</param>
/// <param name="Reason">Why it is not calculated; null where it is.</param>
/// <param name="Score">The points scored.</param>
/// <param name="AvailablePoints">The most that the inputs that are there could have scored.</param>
/// <param name="ApplicablePoints">The most that these and the missing ones could have scored together.</param>
/// <param name="ObservablePercent">Available over applicable points, in percent.</param>
/// <param name="Readings">How many readings the item stands for: 1 without a step.</param>
/// <param name="HighestCalculatedLevel">The highest calculated level of all of them; null where none was calculated.</param>
/// <param name="HighestShownLevel">The highest shown level of all of them; null where there never was one.</param>
/// <param name="UncertainPercent">The share of them whose lowest and highest level differ, in percent.</param>
/// <param name="Link">The address of the whole reading.</param>
internal sealed record HistoryItem(
    DateTimeOffset At,
    string FrameworkVersion,
    bool Break,
    string Status,
    int? Level,
    int? LowestLevel,
    int? HighestLevel,
    int? ShownLevel,
    string ShownStatus,
    string? Reason,
    decimal Score,
    decimal AvailablePoints,
    decimal ApplicablePoints,
    double ObservablePercent,
    int Readings,
    int? HighestCalculatedLevel,
    int? HighestShownLevel,
    double UncertainPercent,
    string Link);
