using System.Data.Common;
using MetricsHub.Storage;

namespace MetricsHub.Access;

/// <summary>
/// Says once a day, from the start on, which keys end soon, and the seal of the newest action: where logs are kept elsewhere nobody can take
/// actions away, the newest ones included, without its being seen.
/// </summary>
internal sealed partial class AccessNotices(ILedger ledger, TimeProvider clock, ILogger<AccessNotices> logger) : BackgroundService
{
    private static readonly TimeSpan Rhythm = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var days = new PeriodicTimer(Rhythm, clock);
        do
        {
            try
            {
                await TellAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is DbException or IOException)
            {
                LogNotTold(exception);
            }
        }
        while (await days.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var key in await ledger.ListKeysAsync(cancellationToken))
        {
            if (KeyExpiry.StepOf(key, now) is { } days)
            {
                LogEndsSoon(key.Id, key.Owner, days, key.ExpiresAt);
            }
        }

        if (await ledger.ListActionsAsync(before: null, limit: 1, cancellationToken) is [{ Seal: { } seal } newest])
        {
            LogSeal(newest.Number, seal);
        }
    }

    [LoggerMessage(EventId = 5110, Level = LogLevel.Warning, Message = "Key {Id} of {Owner} ends within {Days} days, at {At:yyyy-MM-dd HH:mm} UTC")]
    private partial void LogEndsSoon(string id, string owner, int days, DateTimeOffset at);

    [LoggerMessage(EventId = 5111, Level = LogLevel.Information, Message = "The newest action is {Number}, its seal {Seal}")]
    private partial void LogSeal(long number, string seal);

    [LoggerMessage(EventId = 5112, Level = LogLevel.Warning, Message = "Which keys end soon could not be read")]
    private partial void LogNotTold(Exception exception);
}
