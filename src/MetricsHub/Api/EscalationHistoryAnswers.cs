using FluentValidation;
using MetricsHub.Catalogue;

namespace MetricsHub.Api;

/// <summary>Which readings of which framework.</summary>
/// <param name="Framework">The framework's key; can be left out where only one judges the organisation.</param>
/// <param name="From">Readings that stand at or after it: a date (the end of that day in Europe/London) or an RFC 3339 instant.</param>
/// <param name="To">Readings that stand at or before it: a date (the end of that day in Europe/London) or an RFC 3339 instant; now by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
internal sealed record EscalationHistoryRequest(string? Framework, string? From, string? To, string? AsOf);

internal sealed class EscalationHistoryRequestRules : AbstractValidator<EscalationHistoryRequest>
{
    public EscalationHistoryRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
        RuleFor(request => request.From).IsDateOrInstant();
        RuleFor(request => request.To).IsDateOrInstant();
        RuleFor(request => request.To)
            .Must((request, to) => !(ApiTime.End(to) < ApiTime.End(request.From))).WithMessage("Lies before from.");
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

/// <summary>The readings of one framework, one for each slot of its grid.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Items">Oldest first.</param>
/// <param name="Next">Always null: the history comes in one piece.</param>
internal sealed record EscalationHistoryAnswer(
    OrganisationName Organisation, string Framework, DateTimeOffset AsOf, IReadOnlyList<HistoryItem> Items, string? Next);

/// <summary>The outcome at one slot.</summary>
/// <param name="At">The instant at which the reading stands: the end of the period judged.</param>
/// <param name="FrameworkVersion">The version of the framework that judged.</param>
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
/// <param name="Link">The address of the whole reading.</param>
internal sealed record HistoryItem(
    DateTimeOffset At,
    string FrameworkVersion,
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
    string Link);
