using MetricsHub.Benchmarks;
using MetricsHub.Benchmarks.Storage;

// dotnet run -c Release --project tests/MetricsHub.Benchmarks [-- --series 400 --days 365]
var options = BenchmarkOptions.Parse(args);
var report = new Report();
await StorageBenchmark.RunAsync(options, report);
report.Print(Console.Out);
return 0;
