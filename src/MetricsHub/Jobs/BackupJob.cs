using System.Globalization;
using Hangfire;
using MetricsHub.Moving;

namespace MetricsHub.Jobs;

/// <summary>
/// The recurring job <c>backup</c>, where Backup:Folder is set, one at a time among all processes. What one run could not do the next one does
/// whole.
/// </summary>
internal sealed class BackupJob(BackupMaker backups, JobTurns turns)
{
    public const string Id = "backup";

    /// <param name="minutes">From one to the next.</param>
    public static string Schedule(int minutes) => minutes == 60 ? "0 * * * *" : string.Create(CultureInfo.InvariantCulture, $"*/{minutes} * * * *");

    [AutomaticRetry(Attempts = 0)]
    [DropOverlappingRun]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync(Id, cancellationToken);
        await backups.MakeAsync(cancellationToken);
    }
}
