using MetricsHub.Simulator.Bulk;
using MetricsHub.Simulator.Dos;
using MetricsHub.Simulator.Faults;
using MetricsHub.Simulator.Feeds;
using MetricsHub.Simulator.Fhir;
using MetricsHub.Simulator.Pages;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator;

/// <summary>Puts the server together.</summary>
internal static class SimulatorServer
{
    public static WebApplication Build(CommandLine line, TimeProvider clock)
    {
        // Empty: it hears its command line and nothing else, no settings of the hub that started it.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(options => options.SingleLine = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(line.Listen);
        });

        // A page in a browser must not reach it under a name of its making (DNS rebinding); in a network of containers it has whatever name it is given.
        builder.Services.AddHostFiltering(options => options.AllowedHosts = line.AnyMachine ? ["*"] : ["localhost", "127.0.0.1", "[::1]"]);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<FaultBook>();
        builder.Services.AddSingleton<FaultyAnswer>();
        builder.Services.AddSingleton(_ => new Player(new Estate(), new Rhythm(), line.Seed));
        builder.Services.AddSingleton<FeedRows>();

        var app = builder.Build();
        foreach (var (feed, kind) in line.Faults)
        {
            app.Services.GetRequiredService<FaultBook>().Start(feed, kind, duration: null);
        }

        app.UseHostFiltering();
        app.MapPages();
        app.MapFeeds();
        app.MapFaults();
        app.MapDos();
        app.MapFhir();
        app.MapBulk();
        return app;
    }
}
