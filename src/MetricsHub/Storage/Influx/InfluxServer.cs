using System.Globalization;
using System.Text.RegularExpressions;

namespace MetricsHub.Storage.Influx;

/// <summary>What the hub needs of InfluxDB, looked at before the first statement is read or written.</summary>
internal sealed partial class InfluxServer(InfluxClient client, TimeProvider time, ILogger<InfluxServer> logger)
{
    /// <summary>The arrangement of measurements, tags and fields that this program reads and writes.</summary>
    private const int Format = 1;

    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(10);

    /// <exception cref="InfluxException">It is not what the hub needs; says what is to be mended.</exception>
    /// <exception cref="InfluxAwayException">It does not answer.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var server = await client.PingAsync(cancellationToken);
        CheckVersion(server.Version);
        CheckClock(server.Clock);
        await CheckRetentionAsync(cancellationToken);
        await CheckFormatAsync(cancellationToken);
        LogRecognised(client.Access, server.Version!);
    }

    private void CheckVersion(string? version)
    {
        if (version is null || Number().Match(version) is not { Success: true } match)
        {
            throw new InfluxException($"What answers at {client.Access.Address} does not say that it is InfluxDB.");
        }

        var (major, minor) = (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        if (major is not (1 or 2) || (major == 2 && minor < 4))
        {
            throw new InfluxException($"InfluxDB {version} at {client.Access.Address} is not supported: expected 1.x, or 2.4 and later.");
        }
    }

    private void CheckClock(DateTimeOffset? clock)
    {
        if (clock is { } there && (there - time.GetUtcNow()).Duration() > MostSkew)
        {
            throw new InfluxException($"The clock of InfluxDB says {there:u}, that of the hub {time.GetUtcNow():u}: they must not differ by more than {MostSkew.TotalSeconds:0} seconds.");
        }
    }

    /// <summary>Statements are kept for ever: a bucket that forgets would turn what is known into what never was.</summary>
    private async Task CheckRetentionAsync(CancellationToken cancellationToken)
    {
        const int duration = 1;
        const int isDefault = 4;
        var policies = 0;
        await foreach (var table in client.QueryAsync(InfluxQuery.Of($"SHOW RETENTION POLICIES ON \"{Quoted(client.Access.Database)}\""), cancellationToken))
        {
            foreach (var policy in table.Rows.EnumerateArray().Where(policy => policy[isDefault].GetBoolean()))
            {
                policies++;
                if (policy[duration].GetString() is not ("0s" or "0"))
                {
                    throw new InfluxException($"{client.Access} forgets after {policy[duration].GetString()}: the hub keeps statements for ever, so its retention must be infinite.");
                }
            }
        }

        if (policies == 0)
        {
            throw new InfluxException($"There is no {client.Access}, or the hub may not read it: create it, and give the hub's token or user the right to read and to write it.");
        }
    }

    /// <summary>The same point at every start: writing it shows that the hub may write, reading it that it may read.</summary>
    private async Task CheckFormatAsync(CancellationToken cancellationToken)
    {
        var found = await ReadFormatAsync(cancellationToken);
        if (found > Format)
        {
            throw new InfluxException($"{client.Access} was written by a later version of MetricsHub (format {found}; this one knows {Format}).");
        }

        await client.WriteAsync([LineProtocol.Line("format", [], [("version", (double)Format)], 0)], cancellationToken);
        if (await ReadFormatAsync(cancellationToken) != Format)
        {
            throw new InfluxException($"{client.Access} took a point and does not give it back.");
        }
    }

    private async Task<int?> ReadFormatAsync(CancellationToken cancellationToken)
    {
        int? found = null;
        await foreach (var table in client.QueryAsync(InfluxQuery.Of("SELECT version FROM format WHERE time = 0"), cancellationToken))
        {
            found = table.Rows[0][1].GetInt32();
        }

        return found;
    }

    private static string Quoted(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [GeneratedRegex(@"^v?(\d{1,4})\.(\d{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [LoggerMessage(EventId = 4110, Level = LogLevel.Information, Message = "Observations are kept in {Access}, InfluxDB {Version}")]
    private partial void LogRecognised(InfluxAccess access, string version);
}
