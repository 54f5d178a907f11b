using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>Which level over which time.</summary>
/// <param name="Framework">The framework's key; can be left out where only one judges the organisation.</param>
/// <param name="From">Where the time starts: a date (the start of that day in Europe/London) or an RFC 3339 instant; 90 days before its end by default.</param>
/// <param name="To">Where the time ends: a date (the end of that day in Europe/London) or an RFC 3339 instant; the instant of knowing by default, and never after it.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
internal sealed record LevelsRequest(string? Framework, string? From, string? To, string? AsOf);

internal sealed class LevelsRequestRules : AbstractValidator<LevelsRequest>
{
    public LevelsRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.Framework)
            .Must(key => key is null || catalogue.Frameworks.Any(framework => framework.Key == key))
            .WithMessage("There is no framework with this key; see /api/v1/frameworks.");
        RuleFor(request => request.From).IsDateOrInstant();
        RuleFor(request => request.To).IsDateOrInstant();
        RuleFor(request => request.AsOf).IsAsOf(clock);
    }
}

/// <summary>Makes checked parameters a question that can be answered.</summary>
internal static class LevelRequests
{
    /// <summary>More than a year of quarters of an hour.</summary>
    private const int MaximumSlots = 36_000;

    private static readonly TimeSpan Default = TimeSpan.FromDays(90);

    /// <returns>The question, or why there is none.</returns>
    public static (LevelQuestion? Question, ProblemHttpResult? Problem) ToQuestion(this LevelsRequest request, Organisation organisation, HubCatalogue catalogue, DateTimeOffset now)
    {
        var asOf = ApiTime.InstantOf(request.AsOf);
        var knownAt = asOf ?? now;
        var to = ApiTime.End(request.To) is { } end && end < knownAt ? end : knownAt;
        var from = ApiTime.Start(request.From) ?? to - Default;
        if (from >= to)
        {
            return (null, Problems.Invalid("from", "Lies at or after the end of the time, which is at most the instant of knowing."));
        }

        Framework[] versions =
        [
            .. catalogue.Frameworks.Where(framework => framework.AppliesTo.Contains(organisation.Kind) && (request.Framework is null || framework.Key == request.Framework)),
        ];
        string[] keys = [.. versions.Select(framework => framework.Key).Distinct()];
        return keys.Length != 1
            ? (null, Problems.Invalid("framework", keys.Length == 0 ? "It does not judge this organisation." : $"More than one judges this organisation: {string.Join(", ", keys)}."))
            : Array.Exists(versions, version => Grid.SlotsBetween(version.Grid, from, to).Skip(MaximumSlots).Any())
                ? (null, Problems.Invalid("from", $"More than {MaximumSlots} readings stand between from and to."))
                : (new LevelQuestion(organisation, versions, new Period(from, to), asOf), null);
    }
}
