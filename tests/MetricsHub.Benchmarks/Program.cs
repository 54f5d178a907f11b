using MetricsHub.Benchmarks;
using MetricsHub.Benchmarks.Collection;
using MetricsHub.Benchmarks.Dashboards;
using MetricsHub.Benchmarks.Escalation;
using MetricsHub.Benchmarks.Http;
using MetricsHub.Benchmarks.Peers;
using MetricsHub.Benchmarks.Storage;
using MetricsHub.Benchmarks.Winter;

const string EscalationOnly = "--escalation-only";

// dotnet run -c Release --project tests/MetricsHub.Benchmarks [-- --series 400 --days 365] [--escalation-only]
if (args is [BareServer.Argument, var file, var address])
{
    await BareServer.RunAsync(file, address);
    return 0;
}

// dotnet run -c Release --project tests/MetricsHub.Benchmarks -- backlog | hanging | winter
if (args is [BacklogBenchmark.Argument])
{
    await BacklogBenchmark.RunAsync(Console.Out);
    return 0;
}

if (args is [HangingBenchmark.Argument])
{
    await HangingBenchmark.RunAsync(Console.Out);
    return 0;
}

if (args is [WinterReport.Argument])
{
    await WinterReport.RunAsync(Console.Out);
    return 0;
}

// dotnet run -c Release --project tests/MetricsHub.Benchmarks -- peers [--points 14000000]
if (args is [PeersBenchmark.Argument, ..])
{
    return await PeersBenchmark.RunAsync(args, Console.Out);
}

// dotnet run -c Release --project tests/MetricsHub.Benchmarks -- dashboards [--readers 50] [--minutes 5] [--days 30] [--folder grafana/dashboards]
if (args is [DashboardsBenchmark.Argument, .. var asked])
{
    await DashboardsBenchmark.RunAsync(DashboardsOptions.Parse(asked), Console.Out);
    return 0;
}

var options = BenchmarkOptions.Parse(args);

// dotnet run -c Release --project tests/MetricsHub.Benchmarks -- evaluation [--days 365]
if (args is [EvaluationBenchmark.Argument, ..])
{
    await EvaluationBenchmark.RunAsync(options, Console.Out);
    return 0;
}

var report = new Report();
await EscalationBenchmark.RunAsync(options, report);
if (args.Contains(EscalationOnly))
{
    report.Print(Console.Out);
    return 0;
}

await StorageBenchmark.RunAsync(options, report);
await HttpBenchmark.RunAsync(report);
report.Print(Console.Out);
return 0;
