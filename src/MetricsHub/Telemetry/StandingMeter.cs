using System.Diagnostics.Metrics;
using MetricsHub.Api;
using MetricsHub.Collection;
using MetricsHub.Domain.Publications;
using MetricsHub.Escalation;
using MetricsHub.Moving;
using MetricsHub.Storage;
using Microsoft.Extensions.Options;

namespace MetricsHub.Telemetry;

/// <summary>
/// How the hub stands, as gauges: they are asked when somebody reads the metrics. What is not known has no sample: never a zero.
/// </summary>
internal sealed class StandingMeter
{
    public const string Name = "MetricsHub.Standing";

    private const string SourceTag = "metricshub.source";
    private const string StatusTag = "metricshub.status";
    private const string PartTag = "metricshub.part";
    private const string StoreTag = "metricshub.store";

    private readonly Meter meter;
    private readonly StandingWatch watch;

    public StandingMeter(
        IMeterFactory meters,
        StandingWatch watch,
        LocationFactory locations,
        IEnumerable<IStoreWatch> stores,
        IOptions<StorageOptions> storage,
        IOptions<BackupOptions> backups,
        TimeProvider clock)
    {
        meter = meters.Create(Name);
        this.watch = watch;
        TellOfThisProcess(locations, stores, storage.Value.DataFolder);
        TellOfSources();
        TellOfEvaluation();
        Gauge("backup.age", "s", "Since the newest backup that this process's folder of backups holds.",
            () => BackupShelf.NewestInstant(backups.Value.Folder) is { } newest ? [new((clock.GetUtcNow() - newest).TotalSeconds)] : []);
    }

    private Standing? Last => watch.Last;

    private void TellOfThisProcess(LocationFactory locations, IEnumerable<IStoreWatch> stores, string dataFolder)
    {
        Gauge("standing.read", null, "Whether a part of what is told here could be read at the last look: 1, or 0 and its metrics are left out.", Parts);
        Gauge("standing.timestamp", "s", "When the hub last looked how it stands, in Unix time.", () => Last is { } last ? [new(last.At.ToUnixTimeSeconds())] : []);
        Gauge("store.up", null, "Whether the store of the observations, and the ledger, could be used at the last look: 1 or 0.", () => UpOf(stores));
        Gauge("source.paused", null, "Whether this process leaves the source alone, because it gave no answer or denied: 1 or 0.",
            () => locations.Pauses.Select(pause => Of(pause.Source, pause.IsPaused ? 1 : 0)));
        Gauge("disk.free", "By", "What is free on the disk of the data folder.", () => DiskOf(dataFolder, disk => disk.AvailableFreeSpace));
        Gauge("disk.size", "By", "How large the disk of the data folder is.", () => DiskOf(dataFolder, disk => disk.TotalSize));
    }

    private void TellOfSources()
    {
        Gauge("source.status", null, "How each source stands: 1 at one of fresh, overdue, failing and never-run, 0 at the others.",
            () => EachSource(status => SourceStatus.Words.Select(word => OfStatus(status, word))));
        Gauge("source.newest_period_end.timestamp", "s", "The end of the newest period that a source has stated anything for, in Unix time.",
            () => EachSource(status => At(status.Source.Key, status.NewestPeriodEnd)));
        Gauge("source.next_due.timestamp", "s", "When the figures after that fall due, in Unix time.",
            () => EachSource(status => At(status.Source.Key, status.NextDueAt)));
        Gauge("source.unreachable", null, "Whether the last run failed, or could not read a location of the source: 1 or 0.",
            () => Last?.Runs?.Select(entry => Of(entry.Key, entry.Value.IsUnreachable ? 1 : 0)) ?? []);
        Gauge("source.last_reached.timestamp", "s", "When the last run ended that could read every location of the source, in Unix time.",
            () => Last?.Runs?.SelectMany(entry => At(entry.Key, entry.Value.LastReachedAt)) ?? []);
        Gauge("source.waiting", "{publication}", "Publications that are safe in the archive and wait to be stored.",
            () => Last is { Waiting: { } waiting, Runs: { } runs } ? runs.Keys.Union(waiting.Keys).Select(source => Of(source, waiting.GetValueOrDefault(source))) : []);
    }

    private void TellOfEvaluation()
    {
        Gauge("evaluation.up_to_date", null, "Whether the stored readings of a framework hold to now: 1 or 0.",
            () => EachFramework(standing => [Of(standing, standing.State == EvaluationState.UpToDate ? 1 : 0)]));
        Gauge("evaluation.lag", "s", "From the end of the newest slot that is evaluated to the end of the newest that has ended.",
            () => EachFramework(standing => standing.EvaluatedTo is { } to ? [Of(standing, Math.Max(0, (standing.NewestSlotEnd - to).TotalSeconds))] : []));
        Gauge("evaluation.due", "{series}", "Series of which something changed since they were evaluated.",
            () => EachFramework(standing => [Of(standing, standing.Due.Count)]));
    }

    private IEnumerable<Measurement<double>> Parts() => Last is not { } last ? [] :
    [
        Part("runs", last.Runs), Part("waiting", last.Waiting), Part("sources", last.Sources), Part("evaluation", last.Frameworks),
    ];

    private IEnumerable<Measurement<double>> UpOf(IEnumerable<IStoreWatch> stores) => Last is not { } last ? [] :
    [
        new(last.StoreAnswers && stores.All(store => store.AwaySince is null) ? 1 : 0, new KeyValuePair<string, object?>(StoreTag, "observations")),
        new(last.Runs is null ? 0 : 1, new KeyValuePair<string, object?>(StoreTag, "ledger")),
    ];

    private static IEnumerable<Measurement<double>> DiskOf(string folder, Func<DriveInfo, long> read)
    {
        var path = Path.GetFullPath(folder);
        return Directory.Exists(path) ? [new(read(new DriveInfo(path)))] : [];
    }

    private IEnumerable<Measurement<double>> EachSource(Func<SourceStatus, IEnumerable<Measurement<double>>> read) => Last?.Sources?.SelectMany(read) ?? [];

    private IEnumerable<Measurement<double>> EachFramework(Func<FrameworkStanding, IEnumerable<Measurement<double>>> read) => Last?.Frameworks?.SelectMany(read) ?? [];

    private void Gauge(string name, string? unit, string description, Func<IEnumerable<Measurement<double>>> read) =>
        meter.CreateObservableGauge($"metricshub.{name}", read, unit, description);

    private static IEnumerable<Measurement<double>> At(SourceKey source, DateTimeOffset? instant) =>
        instant is { } at ? [Of(source, at.ToUnixTimeSeconds())] : [];

    private static Measurement<double> Of(SourceKey source, double value) => new(value, new KeyValuePair<string, object?>(SourceTag, source.ToString()));

    private static Measurement<double> OfStatus(SourceStatus status, string word) =>
        new(status.Word == word ? 1 : 0, [new(SourceTag, status.Source.Key.ToString()), new(StatusTag, word)]);

    private static Measurement<double> Of(FrameworkStanding standing, double value) => new(value, EvaluationMeter.TagsOf(standing.Framework));

    private static Measurement<double> Part(string name, object? read) => new(read is null ? 0 : 1, new KeyValuePair<string, object?>(PartTag, name));
}
