using System.Text;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MetricsHub.Tests.Collection;

public sealed class CollectorTests
{
    private const string FirstRelease = "December-2025-CSV.csv";
    private const string Revision = "Monthly-AE-December-2025-revised-g9Hy6.csv";
    private static readonly Period December = LondonCalendar.Month(2025, 12);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_FirstReleaseThenRevision_KnowsBothAndReadsTheRevision()
    {
        await using var hub = TestHub.Empty();
        hub.DropSample(TestHub.AeMonthly, FirstRelease);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var before = hub.Clock.GetUtcNow();

        hub.Clock.Advance(TimeSpan.FromDays(30));
        hub.DropSample(TestHub.AeMonthly, Revision);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
        Assert.Equal(Figure.Of(12321), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, before.AddDays(1), Cancellation));
        Assert.Null(await hub.FigureAsync("ed-type-1-attendances", "RTP", December, before.AddSeconds(-1), Cancellation));
    }

    [Fact]
    public async Task Collect_RevisionArrivesBeforeTheFirstRelease_StillReadsTheRevision()
    {
        await using var hub = TestHub.Empty();
        hub.DropSample(TestHub.AeMonthly, Revision);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        hub.Clock.Advance(TimeSpan.FromDays(1));
        hub.DropSample(TestHub.AeMonthly, FirstRelease);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
        Assert.Equal(2, (await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 10, Cancellation)).Count);
    }

    [Fact]
    public async Task Collect_SameFileAgainAndARenamedCopy_ChangesNothing()
    {
        await using var hub = TestHub.Empty();
        hub.DropSample(TestHub.AeMonthly, Revision);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var version = hub.Store.Version;

        hub.Clock.Advance(TimeSpan.FromHours(1));
        hub.DropSample(TestHub.AeMonthly, Revision);
        hub.DropSample(TestHub.AeMonthly, Revision, "A-copy-revised-2.csv");
        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(new RunResult(RunOutcome.Succeeded, hub.Clock.GetUtcNow(), 2, 0, 0, null), result);
        Assert.Equal(version, hub.Store.Version);
        Assert.Equal(Revision, Assert.Single(await hub.Ledger.ListPublicationsAsync(null, null, 10, Cancellation)).FileName);
    }

    [Fact]
    public async Task Collect_OneFileIsNotWhatItClaims_RefusesItWholeAndStoresTheOthers()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(TestHub.AeMonthly, "A.csv", "<!DOCTYPE html><html><body>Page not found</body></html>"u8.ToArray());
        hub.DropSample(TestHub.AeMonthly, Revision);
        hub.DropSample(TestHub.VirtualWard, "VW202406.xlsx");

        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var other = await hub.Collector.CollectAsync(TestHub.VirtualWard, Cancellation);

        Assert.Equal((RunOutcome.Partial, 1, 1), (result.Outcome, result.Stored, result.Refused));
        Assert.StartsWith("A.csv: Expected ", result.Message, StringComparison.Ordinal);
        Assert.Equal(RunOutcome.Succeeded, other.Outcome);
        var refused = (await hub.Ledger.ListPublicationsAsync(TestHub.AeMonthly, null, 10, Cancellation)).Single(publication => publication.FileName == "A.csv");
        Assert.Equal(PublicationState.Refused, refused.State);
        Assert.NotNull(refused.Failure);
    }

    [Fact]
    public async Task Collect_RefusedFileStillThere_IsNotReadAgainAndNotForgotten()
    {
        await using var hub = TestHub.Empty();
        hub.Drop(TestHub.AeMonthly, "A.csv", "nothing"u8.ToArray());
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        var again = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal((RunOutcome.Partial, 1, 0, 0), (again.Outcome, again.Offered, again.Stored, again.Refused));
        Assert.StartsWith("A.csv: refused before: ", again.Message, StringComparison.Ordinal);
        hub.Remove(TestHub.AeMonthly, "A.csv");
        Assert.Equal(RunOutcome.Succeeded, (await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation)).Outcome);
    }

    [Fact]
    public async Task Collect_RevisionWithABrokenCell_DoesNotLeaveTheOldNumberStanding()
    {
        await using var hub = TestHub.Empty();
        hub.DropSample(TestHub.AeMonthly, Revision);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        var broken = (await File.ReadAllTextAsync(Path.Combine(TestHub.Samples, TestHub.AeMonthly.ToString(), Revision), Cancellation)).Replace(",10436,", ",1O436,", StringComparison.Ordinal);
        hub.Drop(TestHub.AeMonthly, "Monthly-AE-December-2025-revised-2.csv", Encoding.UTF8.GetBytes(broken));

        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal(Figure.Absent(AbsenceCode.Rejected), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
        var rejection = Assert.Single(await hub.Ledger.ListRejectionsAsync(null, null, null, 10, Cancellation)).Rejection;
        Assert.Equal(("A&E attendances Type 1", "1O436"), (rejection.Field, rejection.Text));
        var surrey = hub.Catalogue.Organisations.Find(new Domain.Organisations.OrganisationCode("QXU"))!;
        var reading = (await hub.Escalation.ReadAsync(surrey, December.End, null, Cancellation))
            .Single(found => found.Reading.Framework.Key == "access-published-monthly").Reading;
        Assert.DoesNotContain(
            reading.Contributions.Where(contribution => contribution.Reading.Indicator.Key == "ed-4-hour-performance").SelectMany(contribution => contribution.Reading.Contributors),
            contributor => contributor.Organisation.ToString() == "RTP");
    }

    [Fact]
    public async Task Collect_StoreFailsAfterArchiving_NextStartFinishesFromTheArchive()
    {
        var failing = new FailingStore();
        await using var hub = TestHub.Empty(replace: services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(IObservationStore));
            services.AddSingleton<IObservationStore>(provider => failing.Around(
                (IObservationStore)(real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
        });
        hub.DropSample(TestHub.AeMonthly, Revision);
        failing.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation));
        Assert.Null(await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));

        failing.Fails = false;
        hub.Remove(TestHub.AeMonthly, Revision);
        await hub.RestartAsync();
        var result = await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);

        Assert.Equal((RunOutcome.Succeeded, 0, 1), (result.Outcome, result.Offered, result.Stored));
        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
    }

    [Fact]
    public async Task Collect_PersonalColumnNamed_LeavesNoTraceOfItInTheDataFolder()
    {
        const string name = "Dr Zebedee Quillfeather";
        await using var hub = TestHub.Empty(catalogue =>
            catalogue.Replace("sources/nhs-england-ae-monthly.yaml", "personalColumns: []", "personalColumns: [Org name]"));
        var content = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(
            await File.ReadAllBytesAsync(Path.Combine(TestHub.Samples, TestHub.AeMonthly.ToString(), Revision), Cancellation))
            .Replace("SURREY AND SUSSEX HEALTHCARE NHS TRUST", name, StringComparison.Ordinal));
        hub.Drop(TestHub.AeMonthly, Revision, content);
        await hub.Collector.CollectAsync(TestHub.AeMonthly, Cancellation);
        hub.Remove(TestHub.AeMonthly, Revision);

        var publication = Assert.Single(await hub.Ledger.ListPublicationsAsync(null, null, 10, Cancellation));
        Assert.Equal(PublicationId.Of(content), publication.Id);
        Assert.Equal(Figure.Of(10436), await hub.FigureAsync("ed-type-1-attendances", "RTP", December, null, Cancellation));
        await hub.RestartAsync();
        foreach (var file in Directory.EnumerateFiles(hub.DataFolder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain("Quillfeather", await reader.ReadToEndAsync(Cancellation), StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>A store that can be told to fail as a full disk does.</summary>
    private sealed class FailingStore
    {
        public bool Fails { get; set; }

        public IObservationStore Around(IObservationStore inner) => new Wrapper(this, inner);

        private sealed class Wrapper(FailingStore owner, IObservationStore inner) : IObservationStore, IDisposable
        {
            public long Version => inner.Version;

            public Task<AppendOutcome> AppendAsync(Release release, IReadOnlyList<Statement> statements, CancellationToken cancellationToken) =>
                owner.Fails ? throw new IOException("No space left on device") : inner.AppendAsync(release, statements, cancellationToken);

            public Task<IReadOnlyList<RecordedStatement>> ReadAsync(StatementQuery query, CancellationToken cancellationToken) =>
                inner.ReadAsync(query, cancellationToken);

            public Task<IReadOnlyList<RecordedStatement>> LatestAsync(SeriesSelection selection, CancellationToken cancellationToken) =>
                inner.LatestAsync(selection, cancellationToken);

            public Task<IReadOnlyList<StepAggregate>> AggregateAsync(AggregateQuery query, CancellationToken cancellationToken) =>
                inner.AggregateAsync(query, cancellationToken);

            public Task<IReadOnlyList<SeriesExtent>> ListSeriesAsync(SeriesSelection selection, CancellationToken cancellationToken) =>
                inner.ListSeriesAsync(selection, cancellationToken);

            public void Dispose() => (inner as IDisposable)?.Dispose();
        }
    }
}
