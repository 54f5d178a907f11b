using System.Diagnostics;
using System.Text.Json;

namespace MetricsHub.Benchmarks.Dashboards;

/// <summary>Somebody who has one dashboard open: asks everything that is on it, at once, each time it is refreshed.</summary>
internal sealed class DashboardReader(DashboardFile dashboard, IReadOnlyDictionary<string, string> variables, HttpClient hub, int days, DashboardTimes times)
{
    /// <summary>What a reader who looks at a system chooses: the system if it is offered, else what stands there, else the first option.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ChooseAsync(DashboardFile dashboard, string system, HttpClient hub, int days)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var variable in dashboard.Variables)
        {
            if (variable.Query is null)
            {
                chosen[variable.Name] = variable.Current;
                continue;
            }

            var address = variable.Query.Fill(chosen, now.AddDays(-days), now);
            using var answer = await JsonDocument.ParseAsync(await hub.GetStreamAsync(address));
            var options = variable.OptionsIn(answer.RootElement);
            chosen[variable.Name] = options.Contains(system) ? system
                : options.Contains(variable.Current) ? variable.Current
                : options.Count > 0 ? options[0]
                : throw new InvalidOperationException($"{dashboard.Title}: {address} offers nothing for '{variable.Name}'.");
        }

        return chosen;
    }

    /// <summary>From the first question until the last answer has been read.</summary>
    public async Task RefreshAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(dashboard.Queries.Select(query => AskAsync(query, query.Fill(variables, now.AddDays(-days), now))));
        times.Refreshed(dashboard.Title, Stopwatch.GetElapsedTime(start));
    }

    private async Task AskAsync(DashboardQuery query, string address)
    {
        var start = Stopwatch.GetTimestamp();
        var bytes = 0;
        string? failure = null;
        try
        {
            using var answer = await hub.GetAsync(address);
            bytes = (await answer.Content.ReadAsByteArrayAsync()).Length;
            failure = answer.IsSuccessStatusCode ? null : $"{(int)answer.StatusCode} {address}";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            failure = $"{exception.Message} {address}";
        }

        times.Answered(dashboard.Title, query.Path, Stopwatch.GetElapsedTime(start), bytes, failure);
    }
}
