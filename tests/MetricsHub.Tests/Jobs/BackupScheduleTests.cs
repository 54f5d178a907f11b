using Hangfire;
using Hangfire.InMemory;
using Hangfire.Storage;
using MetricsHub.Jobs;
using MetricsHub.Moving;
using Microsoft.Extensions.Options;
using Xunit;

namespace MetricsHub.Tests.Jobs;

public sealed class BackupScheduleTests : IDisposable
{
    private readonly InMemoryStorage storage = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => storage.Dispose();

    [Fact]
    public async Task Start_WithAFolder_EntersTheJobAndTakesItOutWhenThereIsNoneAnyMore()
    {
        await StartAsync(new BackupOptions { Folder = "backups" });
        Assert.Equal([("backup", "*/15 * * * *")], Jobs());

        await StartAsync(new BackupOptions { Folder = "backups", Every = 60 });
        Assert.Equal([("backup", "0 * * * *")], Jobs());

        await StartAsync(new BackupOptions());
        Assert.Empty(Jobs());
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(120)]
    public void Options_WithMinutesThatDoNotDivideAnHour_AreRefused(int every) =>
        Assert.True(new BackupOptionsValidator().Validate(null, new BackupOptions { Every = every }).Failed);

    private Task StartAsync(BackupOptions options) => new BackupSchedule(new RecurringJobManager(storage), Options.Create(options)).StartAsync(Cancellation);

    private List<(string Id, string Cron)> Jobs()
    {
        using var connection = storage.GetReadOnlyConnection();
        return [.. connection.GetRecurringJobs().Select(job => (job.Id, job.Cron))];
    }
}
