using System.Globalization;
using MetricsHub.Benchmarks;
using MetricsHub.Benchmarks.Collection;
using MetricsHub.Benchmarks.Http;
using MetricsHub.Benchmarks.Storage;

// dotnet run -c Release --project tests/MetricsHub.Benchmarks [-- --series 400 --days 365]
if (args is [BareServer.Argument, var file, var address])
{
    await BareServer.RunAsync(file, address);
    return 0;
}

// dotnet run -c Release --project tests/MetricsHub.Benchmarks -- backlog 500
if (args is [BacklogBenchmark.Argument, var sources])
{
    await BacklogBenchmark.RunAsync(int.Parse(sources, NumberStyles.None, CultureInfo.InvariantCulture), Console.Out);
    return 0;
}

var options = BenchmarkOptions.Parse(args);
var report = new Report();
await StorageBenchmark.RunAsync(options, report);
await HttpBenchmark.RunAsync(report);
report.Print(Console.Out);
return 0;
