using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using Xunit;

namespace MetricsHub.Tests.Escalation;

/// <summary>Whatever comes in whatever order, and wherever a process dies: what is read is what the figures make, and so is what is stored.</summary>
public sealed class EvaluationPropertyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What happens to a hub.</summary>
    private abstract record Event;

    /// <param name="Slots">How many quarters of an hour before the clock its newest period ended.</param>
    /// <param name="Dies">After how many steps of the intake the process dies; 3 where it does not.</param>
    private sealed record Publication(int Slots, (int Provider, int Metric, int Back, int Figure)[] Figures, int Dies) : Event;

    /// <param name="Of">Which of the publications so far, from the newest.</param>
    /// <param name="Keeps">Which of its statements the replay states again: one in so many is withdrawn.</param>
    private sealed record Replay(int Of, int Keeps, int Dies) : Event;

    private sealed record Pass(TimeSpan Time) : Event;

    private sealed record Evaluate(int DiesAt) : Event;

    private sealed record Restart : Event;

    private static readonly Gen<int> Dies = Gen.Frequency((6, Gen.Const(3)), (1, Gen.Int[0, 2]));

    private static readonly Gen<(int Provider, int Metric, int Back, int Figure)> Figures =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 6], Gen.Int[0, 5], Gen.Int[-3, 10]);

    private static readonly Gen<Event> Events = Gen.Frequency(
        (6, Gen.Select(Gen.Frequency((3, Gen.Int[0, 3]), (1, Gen.Int[0, 120])), Figures.Array[5, 60], Dies).Select(Event (slots, figures, dies) => new Publication(slots, figures, dies))),
        (1, Gen.Select(Gen.Int[0, 3], Gen.Int[2, 5], Dies).Select(Event (of, keeps, dies) => new Replay(of, keeps, dies))),
        (3, Gen.Frequency((8, Gen.Int[1, 12].Select(slots => TimeSpan.FromMinutes(15 * slots))), (1, Gen.Const(TimeSpan.FromDays(10))), (1, Gen.Int[1, 30].Select(hours => TimeSpan.FromHours(hours))))
            .Select(Event (time) => new Pass(time))),
        (3, Gen.Frequency((2, Gen.Const(int.MaxValue)), (1, Gen.Int[0, 4])).Select(Event (dies) => new Evaluate(dies))),
        (1, Gen.Const<Event>(new Restart())));

    [Fact]
    public Task History_WhateverHappened_ReadsWhatTheFiguresMake() => Events.Array[6, 20].SampleAsync(
        async events =>
        {
            using var hub = new EvaluatedHub();
            var published = new List<(PublicationId Id, int Replay, Statement[] Statements)>();
            foreach (var (turn, happening) in events.Index())
            {
                await HappenAsync(hub, happening, published);
                var (framework, organisation) = Judged().ElementAt(turn % Judged().Count());
                await AssertReadsAsync(hub, framework, organisation, TimeSpan.FromHours(9));
            }

            await hub.FinishAsync();
            await hub.EvaluateAsync();
            await AssertStoredAsync(hub);
            foreach (var (framework, organisation) in Judged())
            {
                await AssertReadsAsync(hub, framework, organisation, TimeSpan.FromDays(12));
            }

            Assert.Empty((await hub.Ledger.ReadDueAsync(Cancellation)).Spans);
            Assert.All(await hub.Ledger.ListEvaluationsAsync(Cancellation), evaluation => Assert.Null(evaluation.Failure));
        },
        iter: 8, threads: 1);

    [Fact]
    public Task Evaluate_PublicationsInAnotherOrder_StoresTheSame() => Gen.Select(
        Figures.Array[5, 40].Array[3, 8], Gen.Int[1, 1000]).SampleAsync(
        async (contents, seed) =>
        {
            using var one = new EvaluatedHub();
            using var other = new EvaluatedHub();
            var publications = contents.Select((figures, index) => StatementsOf(EvaluatedSystem.Start.AddHours(5), figures, index)).ToArray();

            // Each speaks of an hour of its own: which of two releases about one period is current is another matter.
            foreach (var (index, statements) in publications.Index())
            {
                await one.DeliverAsync(IdOf(index), 0, statements);
                await one.EvaluateAsync();
            }

            var random = new Random(seed);
            foreach (var (index, statements) in publications.Index().OrderBy(_ => random.Next()).ToList())
            {
                await other.DeliverAsync(IdOf(index), 0, statements);
                await other.EvaluateAsync();
            }

            foreach (var (framework, organisation) in Judged())
            {
                Assert.Equal(await one.StoredAsync(framework, organisation), await other.StoredAsync(framework, organisation));
            }

            await AssertStoredAsync(one);
        },
        iter: 3, threads: 1);

    private static async Task HappenAsync(EvaluatedHub hub, Event happening, List<(PublicationId Id, int Replay, Statement[] Statements)> published)
    {
        switch (happening)
        {
            case Publication publication:
                var end = Cadence.QuarterHour.PeriodHolding(hub.Clock.GetUtcNow()).Start.AddMinutes(-15 * publication.Slots);
                var statements = StatementsOf(end, publication.Figures, 0);
                published.Add((IdOf(published.Count), 0, statements));
                await hub.DeliverAsync(published[^1].Id, 0, statements, publication.Dies);
                break;
            case Replay replay when published.Count > replay.Of:
                var (id, before, stated) = published[^(replay.Of + 1)];
                await hub.FinishAsync();
                Statement[] kept = [.. stated.Where((_, index) => index % replay.Keeps != 0)];
                published[^(replay.Of + 1)] = (id, before + 1, kept.Length > 0 ? kept : stated);
                await hub.DeliverAsync(id, before + 1, published[^(replay.Of + 1)].Statements, replay.Dies);
                break;
            case Pass pass:
                hub.Clock.Advance(pass.Time);
                break;
            case Evaluate { DiesAt: int.MaxValue }:
                await hub.EvaluateAsync();
                await AssertStoredAsync(hub);
                break;
            case Evaluate evaluate:
                await hub.EvaluateAndDieAsync(evaluate.DiesAt);
                break;
            case Restart:
                hub.Restart();
                break;
            default:
                break;
        }
    }

    private static PublicationId IdOf(int number) => PublicationId.Of([(byte)number, (byte)(number >> 8)]);

    /// <param name="shift">By how many slots of six it is earlier.</param>
    private static Statement[] StatementsOf(DateTimeOffset end, (int Provider, int Metric, int Back, int Figure)[] figures, int shift) =>
    [
        .. figures
            .DistinctBy(figure => (figure.Provider, figure.Metric, figure.Back))
            .Select((figure, row) => new Statement(
                new SeriesKey(EvaluatedSystem.Metrics[figure.Metric], EvaluatedSystem.Providers[figure.Provider]),
                Cadence.QuarterHour.PeriodHolding(end.AddMinutes((-15 * (figure.Back + (6 * shift))) - 1)),
                figure.Figure switch
                {
                    -3 => Figure.Absent(AbsenceCode.NotDue),
                    -2 => Figure.Absent(AbsenceCode.Rejected),
                    -1 => Figure.Absent(AbsenceCode.Late),
                    var number => Figure.Of(number),
                },
                row + 1)),
    ];

    private static IEnumerable<(Framework Framework, Organisation Organisation)> Judged() =>
        from framework in EvaluatedSystem.Catalogue.Frameworks
        from organisation in EvaluatedSystem.Catalogue.Organisations.All
        where framework.AppliesTo.Contains(organisation.Kind)
        select (framework, organisation);

    private static async Task AssertStoredAsync(EvaluatedHub hub)
    {
        foreach (var (framework, organisation) in Judged())
        {
            var expected = await hub.ExpectedAsync(framework, organisation, hub.Clock.GetUtcNow());
            Assert.Equal(expected.Where(found => !LevelReader.IsBlank(found)), await hub.StoredAsync(framework, organisation));
        }
    }

    private static async Task AssertReadsAsync(EvaluatedHub hub, Framework framework, Organisation organisation, TimeSpan length)
    {
        var now = hub.Clock.GetUtcNow();
        var from = now - length;
        var all = await AssertReadsAsync(hub, framework, organisation, from, asOf: null);
        var hours = await hub.History.ReadAsync(framework, organisation, from, now, Step.Hour, asOf: null, Cancellation);
        Assert.Equal(all.Count, hours.Sum(hour => hour.Found.Readings));
        Assert.Equal(all.Select(reading => reading.Found.HighestShownLevel).DefaultIfEmpty().Max(), hours.Select(hour => hour.Found.HighestShownLevel).DefaultIfEmpty().Max());
        Assert.Equal(all.Sum(reading => reading.Found.Uncertain), hours.Sum(hour => hour.Found.Uncertain));
        Assert.Equal(all is [.., var last] ? last.Found.Last : null as ShownOutcome?, hours is [.., var lastHour] ? lastHour.Found.Last : null);

        await AssertReadsAsync(hub, framework, organisation, from, asOf: now.AddHours(-2));
    }

    private static async Task<IReadOnlyList<HistoryReading>> AssertReadsAsync(
        EvaluatedHub hub, Framework framework, Organisation organisation, DateTimeOffset from, DateTimeOffset? asOf)
    {
        var now = hub.Clock.GetUtcNow();
        var expected = (await hub.ExpectedAsync(framework, organisation, now, asOf)).Where(found => found.At > from).ToList();
        var all = await hub.History.ReadAsync(framework, organisation, from, now, step: null, asOf, Cancellation);
        Assert.Equal(expected, all.Skip(all.Count - expected.Count).Select(reading => reading.Found.Last));

        // Nothing was known yet: the figures say nothing of slots before the first of them.
        Assert.All(all.Take(all.Count - expected.Count), reading => Assert.Equal((0m, default), (reading.Outcome.Available, reading.Shown)));
        return all;
    }
}
