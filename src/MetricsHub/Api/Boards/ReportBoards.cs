using System.Globalization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Api.Boards;

/// <summary>
/// What became of a level, over whole days: they go over everything that was ever known of it, and are made anew once an hour at most. Each
/// row says when its report was made.
/// </summary>
internal sealed class ReportBoards(HubCatalogue catalogue, LevelReportReader reports, BoardReadings readings, BoardKeeper keeper, TimeProvider clock)
{
    private static readonly TimeSpan MaximumAge = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<EventRow>> EventsAsync(
        Organisation organisation, string framework, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var report = await MakeAsync(organisation, framework, from, to, reports.ReadEventsAsync, cancellationToken);
        var rows = report.Found.Select(found => ToRow(EventItem.Of(found, catalogue), report.MadeAt)).ToList();
        return rows.Count > 0 ? rows
            : [new EventRow(report.To, BoardWords.None, BoardWords.None, BoardWords.None, BoardWords.None, report.WhyNot ?? "No level changed in this time.", null, report.MadeAt)];
    }

    public async Task<IReadOnlyList<HealthRow>> HealthAsync(
        Organisation organisation, string framework, DateTimeOffset from, DateTimeOffset to, string? of, CancellationToken cancellationToken)
    {
        var report = await MakeAsync(organisation, framework, from, to, reports.ReadHealthAsync, cancellationToken);
        var rows = report.Found.SelectMany(found => RowsOf(LevelHealthItem.Of(found, catalogue), report.MadeAt)).Where(row => of is null || row.Of == of).ToList();
        return rows.Count > 0 ? rows
            : [new HealthRow(BoardWords.None, organisation.Name, BoardWords.None, null, report.WhyNot ?? "No slot of this time was judged.", BoardWords.None, report.MadeAt)];
    }

    private async Task<Report<T>> MakeAsync<T>(
        Organisation organisation, string framework, DateTimeOffset from, DateTimeOffset to,
        Func<LevelQuestion, CancellationToken, Task<IReadOnlyList<T>>> read, CancellationToken cancellationToken)
    {
        var window = WindowOf(from, to);
        var versions = readings.VersionsOf(framework, organisation);
        return versions.Count == 0
            ? new Report<T>([], window.End, clock.GetUtcNow(), BoardWords.NobodyJudges(organisation, framework))
            : await keeper.ReportAsync(
                (typeof(T), organisation.Code, framework, window),
                MaximumAge,
                async () => new Report<T>(
                    await read(new LevelQuestion(organisation, versions, window, AsOf: null), CancellationToken.None), window.End, clock.GetUtcNow(), WhyNot: null),
                cancellationToken);
    }

    /// <summary>Whole days of Europe/London; of today as much as has passed by the hour.</summary>
    private Period WindowOf(DateTimeOffset from, DateTimeOffset to)
    {
        var last = to.AddTicks(-1);
        var start = LondonCalendar.StartOf(LondonCalendar.DateOf(from < last ? from : last));
        var end = LondonCalendar.StartOf(LondonCalendar.DateOf(last).AddDays(1));
        var now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        return new Period(start, end <= now ? end : hour > start ? hour : now);
    }

    private static EventRow ToRow(EventItem item, DateTimeOffset madeAt) => new(
        item.At,
        item.Track,
        item.Kind,
        LevelText(item.From),
        LevelText(item.To),
        item.Declaration is { } declaration ? $"{declaration.Actor}: {declaration.Reason}"
            : item.Causes.Count > 0 ? string.Join("; ", item.Causes.Select(LevelCsv.TextOf))
            : "No input moved.",
        item.LastedSeconds,
        madeAt);

    private static string LevelText(int? level) => level?.ToString(CultureInfo.InvariantCulture) ?? BoardWords.None;

    private static IEnumerable<HealthRow> RowsOf(LevelHealthItem item, DateTimeOffset madeAt)
    {
        return
        [
            .. item.Calculated.Select(share => Share("calculated", NameOf(share), "time", share.Percent)),
            .. item.Shown.Select(share => Share("shown", NameOf(share), "time", share.Percent)),
            Share("held", "held", "time", item.HeldPercent),
            Share("uncertain", "uncertain", "time", item.UncertainPercent),
            Flaps("calculated", item.CalculatedChatter),
            Flaps("shown", item.ShownChatter),
            .. item.Indicators.SelectMany(input => new[]
            {
                Share("input", input.Name, "worst band", input.WorstBandPercent),
                Share("input", input.Name, "best band", input.BestBandPercent),
                Share("input", input.Name, "missing", input.MissingPercent),
            }),
            .. item.Findings.Count > 0
                ? item.Findings.Select(finding => new HealthRow("finding", finding.Indicator ?? "level", finding.Kind, finding.Percent, finding.Text, item.FrameworkVersion, madeAt))
                : [new HealthRow("finding", "level", BoardWords.None, null, $"Nothing stood still over {item.Readings} readings, or they are too few to say so.", item.FrameworkVersion, madeAt)],
        ];

        HealthRow Share(string of, string name, string share, double percent) => new(
            of, name, share, percent, FormattableString.Invariant($"{percent:0.#} % of the time"), item.FrameworkVersion, madeAt);

        HealthRow Flaps(string level, ChatterItem chatter) => new(
            "flap-score", level, BoardWords.None, chatter.FlapScore,
            chatter.FlapScore is null ? "There are too few readings." : chatter.Chattering ? "It chatters." : "It does not chatter.", item.FrameworkVersion, madeAt);
    }

    /// <summary>"Level 3" for 3, "never known" for never-known.</summary>
    private static string NameOf(ShareItem share) => char.IsAsciiDigit(share.Name[0]) ? $"Level {share.Name}" : share.Name.Replace('-', ' ');

    /// <param name="To">The end of the time that it tells of.</param>
    /// <param name="WhyNot">Why there is nothing; null where there may be.</param>
    private sealed record Report<T>(IReadOnlyList<T> Found, DateTimeOffset To, DateTimeOffset MadeAt, string? WhyNot);
}
