using MetricsHub.Catalogue;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Publications;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MetricsHub.Api;

/// <summary>A place read from, and how it stands.</summary>
/// <param name="Key">The name by which everything refers to it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Publisher">Who publishes it.</param>
/// <param name="Licence">Under which licence.</param>
/// <param name="LandingPage">The publisher's page.</param>
/// <param name="Simulated">Whether its figures are made up by a simulator.</param>
/// <param name="FormatProven">Whether a real file of the publisher has been read; false where the parser rests on documentation alone.</param>
/// <param name="Note">What a reader of its figures has to know, that they are derived for instance, or that it has stated reference facts since the hub was started; null where there is nothing.</param>
/// <param name="Schedule">When the hub looks: a cron expression of five fields.</param>
/// <param name="TimeZone">The clock of the schedule.</param>
/// <param name="Calendar">The key of the calendar of the periods that it states figures for; null where it states reference facts.</param>
/// <param name="DueDaysAfterPeriodEnd">How many days after a period's end its figures are due; null where that is said in minutes, or nothing falls due.</param>
/// <param name="DueMinutesAfterPeriodEnd">How many minutes after a period's end its figures are due; null where that is said in days.</param>
/// <param name="ServiceDomains">The keys of the service domains that these metrics tell of.</param>
/// <param name="Metrics">The keys of the metrics it states.</param>
/// <param name="Status">fresh, overdue (the next period's figures are due and not there), failing (the last run failed, could not read a location, or met a file that was refused or barred) or never-run.</param>
/// <param name="NewestPeriodEnd">The end of the newest period that it states anything for; null before the first figure.</param>
/// <param name="NextDueAt">When the figures of the period after that are due.</param>
/// <param name="AgeSeconds">How long ago that newest period ended, at <paramref name="At"/>.</param>
/// <param name="Waiting">How many of its publications are safe in the archive and wait to be stored; above 0 for longer than a run only while the store is away.</param>
/// <param name="At">The instant that status and age are given for.</param>
/// <param name="LastRun">The last look at it; null where there was none.</param>
/// <param name="LastSuccess">The last look at it that succeeded.</param>
internal sealed record SourceItem(
    string Key,
    string Name,
    string Publisher,
    string Licence,
    Uri LandingPage,
    bool Simulated,
    bool FormatProven,
    string? Note,
    string Schedule,
    string TimeZone,
    string? Calendar,
    int? DueDaysAfterPeriodEnd,
    int? DueMinutesAfterPeriodEnd,
    IReadOnlyList<string> ServiceDomains,
    IReadOnlyList<string> Metrics,
    string Status,
    DateTimeOffset? NewestPeriodEnd,
    DateTimeOffset? NextDueAt,
    long? AgeSeconds,
    int Waiting,
    DateTimeOffset At,
    RunItem? LastRun,
    RunItem? LastSuccess)
{
    public static SourceItem Of(SourceStatus status, HubCatalogue catalogue, DateTimeOffset at) => new(
        status.Source.Key.ToString(),
        status.Source.Name,
        status.Source.Publisher,
        status.Source.Licence,
        status.Source.LandingPage,
        status.Source.Simulated,
        status.Source.FormatProven,
        NoteOf(status),
        status.Source.Schedule,
        status.Source.TimeZone.Id,
        status.Source.Timetable?.Calendar.Key,
        DaysOf(status.Source.Timetable),
        status.Source.Timetable is { } timetable && DaysOf(timetable) is null ? (int)timetable.DueAfter.TotalMinutes : null,
        [.. catalogue.MetricsOf(status.Source.Key).Select(metric => metric.ServiceDomain).Distinct().Order(StringComparer.Ordinal)],
        [.. catalogue.MetricsOf(status.Source.Key).Select(metric => metric.Key).Order().Select(key => key.ToString())],
        status.Word,
        status.NewestPeriodEnd,
        status.NextDueAt,
        status.NewestPeriodEnd is { } end ? (long)(at - end).TotalSeconds : null,
        status.Waiting,
        at,
        status.Runs is { } runs ? RunItem.Of(runs.Last) : null,
        status.Runs?.LastSuccess is { } success ? RunItem.Of(success) : null);

    private static int? DaysOf(Timetable? timetable) =>
        timetable?.DueAfter is { } after && after == TimeSpan.FromDays(after.Days) ? after.Days : null;

    private static string? NoteOf(SourceStatus status) =>
        !status.IsPending ? status.Source.Note
        : string.Join(' ', new[] { status.Source.Note?.TrimEnd(), "It has stated more since the hub was started; the next start takes that up." }.Where(text => text is not null));
}

/// <summary>One look at a source.</summary>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Outcome">running, succeeded, partial (some of it was refused or could not be read), failed or interrupted.</param>
/// <param name="Offered">How many publications the source offered.</param>
/// <param name="Stored">How many new ones were stored.</param>
/// <param name="Refused">How many new ones were refused as a whole, or barred.</param>
/// <param name="Message">What went wrong; null where nothing did.</param>
internal sealed record RunItem(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string Outcome, int Offered, int Stored, int Refused, string? Message)
{
    public static RunItem Of(Run run) =>
        new(run.StartedAt, run.FinishedAt, run.Outcome.ToWord(), run.Offered, run.Stored, run.Refused, run.Message);
}

internal static class SourceEndpoints
{
    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("sources").WithTags("Sources");
        group.MapGet("", ListAsync).WithoutQuery().JsonOnly();
        group.MapGet("{key}", GetAsync).WithoutQuery().JsonOnly().CanBeMissing();
    }

    /// <summary>The places read from, each with its last runs and how old its newest figures are; by key.</summary>
    internal static async Task<Ok<Page<SourceItem>>> ListAsync(
        SourceStatusReader reader, HubCatalogue catalogue, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow();
        var statuses = await reader.ReadAsync(cancellationToken);
        if (statuses.Min(status => status.NextDueAt > at ? status.NextDueAt : null) is { } nextDue)
        {
            AnswerLife.Ends(context, nextDue);
        }

        return TypedResults.Ok(new Page<SourceItem>([.. statuses.Select(status => SourceItem.Of(status, catalogue, at))], Next: null));
    }

    /// <summary>One place read from, and how it stands.</summary>
    /// <param name="key">The source's key.</param>
    internal static async Task<Results<Ok<SourceItem>, ProblemHttpResult>> GetAsync(
        string key, SourceStatusReader reader, HubCatalogue catalogue, TimeProvider clock, CancellationToken cancellationToken) =>
        SourceKey.TryParse(key, out var parsed) && await reader.FindAsync(parsed, cancellationToken) is { } status
            ? TypedResults.Ok(SourceItem.Of(status, catalogue, clock.GetUtcNow()))
            : Problems.NotFound("There is no source with this key; see /api/v1/sources.");
}
