using MetricsHub;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Collection;
using MetricsHub.Escalation;
using MetricsHub.Jobs;
using MetricsHub.Pages;
using MetricsHub.Simulation;
using MetricsHub.Storage;
using Microsoft.AspNetCore.Connections;

try
{
    if (args is [KeyCommand.Name, ..])
    {
        return await KeyCommand.RunAsync(args[1..], Console.Out, TimeProvider.System);
    }

    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
    var roles = HubRoles.Of(builder.Configuration);
    builder.Host.UseDefaultServiceProvider(options => (options.ValidateOnBuild, options.ValidateScopes) = (true, true));
    builder.WebHost.ConfigureKestrel(options =>
    {
        options.AddServerHeader = false;
        options.ListenWhereAccessAllows(builder.Configuration);
    });

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services
        .AddSimulation(builder.Configuration, starts: roles.Works)
        .AddCatalogue(builder.Configuration)
        .AddStorage(builder.Configuration)
        .AddCollection(builder.Configuration)
        .AddEscalation()
        .AddJobs(builder.Configuration)
        .AddApi();
    if (roles.Works)
    {
        builder.Services.AddWorkers();
    }

    var app = builder.Build();
    await app.CheckBeforeStartAsync();
    app.UseLoopbackNamesOnly();
    app.UseApi();
    if (roles.Answers)
    {
        app.MapApi();
        app.MapPages();
        app.MapJobs();
    }
    else
    {
        app.MapHealth();
    }

    app.TellAddresses();

    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is StartException or CatalogueException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} Another hub may be running; --urls http://127.0.0.1:5081 takes another address.");
    return 1;
}
