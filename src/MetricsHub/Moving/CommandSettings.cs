namespace MetricsHub.Moving;

/// <summary>The settings of a command: the hub's own, from the same places.</summary>
internal static class CommandSettings
{
    public static IConfiguration Read(string[] arguments) =>
        WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory }).Configuration;
}
