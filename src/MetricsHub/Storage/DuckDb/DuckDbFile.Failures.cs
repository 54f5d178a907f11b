using DuckDB.NET.Data;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// What becomes of the file when its disk fails. DuckDB gives a database up for good, reads included, when that happens at the wrong moment:
/// then the file is opened again here.
/// </summary>
internal sealed partial class DuckDbFile
{
    /// <summary>Whatever needs the disk is refused at once so soon after it failed: the file would else be opened again and again, and reads wait for it.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly List<Action<DuckDBConnection>> whenReopened = [];
    private bool isLogUncertain;
    private DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>
    /// Has something done whenever the file was opened again, before anyone uses it: a write that failed may be in it all the same, so that
    /// whatever is kept in memory has to be read anew.
    /// </summary>
    public void WhenReopened(Action<DuckDBConnection> act) => whenReopened.Add(act);

    private async Task<T> AsWriterAsync<T>(Func<DuckDBConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await work(await WriterAsync(cancellationToken));
        }
        catch (DuckDBException error) when (DuckDbOpening.IsOfTheDisk(error))
        {
            notBefore = time.GetUtcNow() + Pause;
            LogDiskFailed(settings.Path, error);
            if (DuckDbOpening.IsGivenUp(error))
            {
                await ReopenAsync(connections, CancellationToken.None);
            }

            throw new DiskException($"{settings.Path} could not be written: {error.Message}", error);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>
    /// After the file was opened again nothing is acknowledged before a checkpoint: what was read from the log may be in the system's memory
    /// only, for a failed flush is not repeated by the next one. A checkpoint writes it anew.
    /// </summary>
    private async Task<DuckDBConnection> WriterAsync(CancellationToken cancellationToken)
    {
        CheckDisk();
        if (connections is null)
        {
            await ReopenAsync(givenUp: null, cancellationToken);
        }

        var writer = Opened.Writer;
        if (isLogUncertain)
        {
            await Task.Run(() => writer.Execute("CHECKPOINT"), CancellationToken.None);
            isLogUncertain = false;
        }

        return writer;
    }

    /// <exception cref="DiskException">It failed a moment ago.</exception>
    private void CheckDisk()
    {
        if (time.GetUtcNow() < notBefore)
        {
            throw new DiskException($"{settings.Path} could not be written a moment ago.", inner: null);
        }
    }

    /// <summary>Called by whoever may write. Where somebody else had it done before, there is nothing to do.</summary>
    /// <param name="givenUp">What was open when it was found to be needed.</param>
    private async Task ReopenAsync(DuckDbConnections? givenUp, CancellationToken cancellationToken)
    {
        if (connections is { } opened && opened != givenUp)
        {
            return;
        }

        await AloneAsync(
            async () =>
            {
                isLogUncertain = true;
                connections?.Dispose();
                connections = null;
                try
                {
                    connections = await Task.Run(
                        () => DuckDbConnections.Open(
                            settings,
                            connection =>
                            {
                                Prepare(connection);
                                whenReopened.ForEach(act => act(connection));
                            }),
                        CancellationToken.None);
                    LogReopened(settings.Path);
                }
                catch (DuckDbFileException error)
                {
                    notBefore = time.GetUtcNow() + Pause;
                    throw new DiskException(error.Message, error);
                }
            },
            cancellationToken);
    }

    [LoggerMessage(EventId = 4002, Level = LogLevel.Error, Message = "{Path}: the disk fails or is full; nothing is acknowledged until it can be written again")]
    private partial void LogDiskFailed(string path, Exception error);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Error, Message = "{Path}: DuckDB gave the database up")]
    private partial void LogGivenUp(string path, Exception error);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Warning, Message = "{Path}: opened again")]
    private partial void LogReopened(string path);
}
