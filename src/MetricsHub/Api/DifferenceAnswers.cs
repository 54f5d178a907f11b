using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>What to compare with what, and over which days.</summary>
/// <param name="Version">The version to compare; the one in shadow by default, else the newest.</param>
/// <param name="Against">The key of the framework to compare it with; the same key's versions in force by default.</param>
/// <param name="AgainstVersion">One version of that; every version in force by default.</param>
/// <param name="From">The first day, by the calendar of Europe/London.</param>
/// <param name="To">The last day; today by default.</param>
internal sealed record DifferencesRequest(string? Version, string? Against, string? AgainstVersion, string? From, string? To);

internal sealed class DifferencesRequestRules : AbstractValidator<DifferencesRequest>
{
    public const int MaximumDays = 400;

    public DifferencesRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Against)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.From).NotNull().WithMessage("Is needed.");
        RuleFor(request => request.From).IsDate();
        RuleFor(request => request.To).IsDate();
        RuleFor(request => request.To)
            .Must((request, to) => !ApiTime.TryParseDate(request.From, out var from)
                || ApiTime.DayOf(to, clock) is var last && last >= from && last.DayNumber - from.DayNumber < MaximumDays)
            .WithMessage($"Expected a day from the first one on, at most {MaximumDays} days in all.");
    }
}

/// <summary>On which days which organisation's level would differ under another framework.</summary>
/// <param name="Framework">The framework compared.</param>
/// <param name="Against">The versions that it is compared with.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Organisations">Those that both have judged in that time.</param>
internal sealed record DifferencesAnswer(
    FrameworkName Framework, IReadOnlyList<FrameworkName> Against, DateOnly From, DateOnly To, IReadOnlyList<LevelDifferenceItem> Organisations);

/// <summary>One organisation under both frameworks.</summary>
/// <param name="Organisation">Which organisation.</param>
/// <param name="Days">How many days both have judged.</param>
/// <param name="CalculatedDiffers">On how many of them the highest calculated level differs.</param>
/// <param name="ShownDiffers">On how many of them the highest shown level differs.</param>
/// <param name="UnknownDays">On how many of them one of both has no level, so that nothing can be said.</param>
/// <param name="Listed">The days that differ, and those of which nothing can be said.</param>
internal sealed record LevelDifferenceItem(
    OrganisationName Organisation, int Days, int CalculatedDiffers, int ShownDiffers, int UnknownDays, IReadOnlyList<LevelDifferenceDay> Listed)
{
    public static LevelDifferenceItem Of(OrganisationDifference found) => new(
        OrganisationName.Of(found.Organisation),
        found.Comparison.Pairs.Count,
        found.Comparison.CalculatedDiffers,
        found.Comparison.ShownDiffers,
        found.Comparison.UnknownDays,
        [.. found.Comparison.Noteworthy.Select(LevelDifferenceDay.Of)]);
}

/// <summary>One day under both frameworks: the highest levels of the day.</summary>
/// <param name="Day">The day, by the calendar of Europe/London.</param>
/// <param name="Calculated">same, differs or unknown.</param>
/// <param name="Shown">same, differs or unknown.</param>
/// <param name="Level">The calculated level of the framework compared; null where there is none.</param>
/// <param name="AgainstLevel">That of the one that it is compared with; null where there is none.</param>
/// <param name="ShownLevel">The shown level of the framework compared; null where there never was one.</param>
/// <param name="AgainstShownLevel">That of the one that it is compared with; null where there never was one.</param>
internal sealed record LevelDifferenceDay(
    DateOnly Day, string Calculated, string Shown, int? Level, int? AgainstLevel, int? ShownLevel, int? AgainstShownLevel)
{
    public static LevelDifferenceDay Of(DayPair pair) => new(
        pair.Day, pair.Calculated.ToWord(), pair.Shown.ToWord(),
        LevelOf(pair.Candidate.Level), LevelOf(pair.Against.Level), LevelOf(pair.Candidate.ShownLevel), LevelOf(pair.Against.ShownLevel));

    private static int? LevelOf(int level) => level > 0 ? level : null;
}
