using System.Globalization;
using MetricsHub.Access;
using MetricsHub.Catalogue;
using MetricsHub.Sources;
using MetricsHub.Storage;
using MetricsHub.Storage.DuckDb;
using MetricsHub.Storage.Postgres;

namespace MetricsHub;

/// <summary>
/// <c>MetricsHub keys create | enter | list | revoke</c>: keys without a running hub, the first one above all. Whoever can run it has the hub's data,
/// so that it asks for no key.
/// </summary>
internal static class KeyCommand
{
    public const string Name = "keys";

    private const string Usage =
        """
        MetricsHub keys create --owner <who> --scopes <read,write,declare,admin> --expires <days or date> [--organisations <codes>] [--sources <keys>]
        MetricsHub keys enter --file <a file that holds a key> --owner <who> --scopes <…> --expires <…> [--organisations <…>] [--sources <…>]
        MetricsHub keys list
        MetricsHub keys revoke --id <8 digits>
        Settings of the hub can follow: --Storage:DataFolder <folder>.
        """;

    private static readonly string[] Options = ["owner", "scopes", "expires", "organisations", "sources", "id", "file"];

    private static string Actor => $"{Environment.UserName} (command)";

    /// <returns>The exit code: 0 where it was done.</returns>
    /// <exception cref="StartException">What was asked for is not known, or the hub's data is in use.</exception>
    /// <exception cref="CatalogueException">The catalogue is wrong.</exception>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        var options = new ConfigurationBuilder().AddCommandLine(arguments.Length > 0 ? arguments[1..] : []).Build();
        if (options.AsEnumerable().FirstOrDefault(entry => entry.Value is not null && !entry.Key.Contains(':', StringComparison.Ordinal) && !Options.Contains(entry.Key, StringComparer.OrdinalIgnoreCase)) is { Key: { } unknown })
        {
            throw new StartException($"--{unknown} is not known.\n{Usage}");
        }

        await using var services = BuildServices(arguments, clock);
        try
        {
            switch (arguments)
            {
                case ["create", ..]:
                    await CreateAsync(services, options, output, clock, cancellationToken);
                    break;
                case ["enter", ..]:
                    await EnterAsync(services, options, output, clock, cancellationToken);
                    break;
                case ["list", ..]:
                    await ListAsync(services.GetRequiredService<ILedger>(), output, cancellationToken);
                    break;
                case ["revoke", ..]:
                    await RevokeAsync(services.GetRequiredService<KeyIssuer>(), options["id"], output, cancellationToken);
                    break;
                default:
                    throw new StartException(Usage);
            }
        }
        catch (DuckDbFileException exception)
        {
            throw new StartException($"{exception.Message} While the hub runs, a key with admin manages keys at /api/v1/keys.", exception);
        }

        catch (PostgresDatabaseException exception)
        {
            throw new StartException(exception.Message, exception);
        }

        return 0;
    }

    private static ServiceProvider BuildServices(string[] arguments, TimeProvider clock)
    {
        var configuration = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments.Length > 0 ? arguments[1..] : [], ContentRootPath = AppContext.BaseDirectory }).Configuration;
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(clock)
            .AddSingleton<Parsers>()
            .AddCatalogue(configuration)
            .AddStorage(configuration)
            .AddAccess()
            .BuildServiceProvider();
    }

    private static async Task CreateAsync(IServiceProvider services, IConfiguration options, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (key, text) = await services.GetRequiredService<KeyIssuer>().IssueAsync(OrderIn(services, options, clock), Actor, cancellationToken);
        await output.WriteLineAsync($"Key {key.Id} for {key.Owner}, until {Minute(key.ExpiresAt)}. It is shown this once:\n{text}");
    }

    /// <summary>For a key that was drawn elsewhere, so that whoever shows it can have it before there is a hub. It is not shown again.</summary>
    private static async Task EnterAsync(IServiceProvider services, IConfiguration options, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        var order = OrderIn(services, options, clock);
        var key = await services.GetRequiredService<KeyIssuer>().EnterAsync(KeyIn(options["file"] ?? ""), order, Actor, cancellationToken)
            ?? throw new StartException($"There is another key with the id of the one in {options["file"]}: draw a new one.");
        if (key.RevokedAt is not null || key.ExpiresAt <= clock.GetUtcNow())
        {
            throw new StartException($"Key {key.Id} for {key.Owner} was revoked or has expired: draw a new one.");
        }

        await output.WriteLineAsync($"Key {key.Id} for {key.Owner} is entered, until {Minute(key.ExpiresAt)}.");
    }

    private static KeyText KeyIn(string file)
    {
        try
        {
            return KeyText.Parse(File.ReadAllText(file).Trim()) ?? throw new StartException($"--file: {file} holds no key, or a mistyped one.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartException($"--file: '{file}' cannot be read.", exception);
        }
    }

    private static KeyOrder OrderIn(IServiceProvider services, IConfiguration options, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var order = new KeyOrder(options["owner"], Split(options["scopes"]), Split(options["organisations"]), Split(options["sources"]), ExpiryOf(options["expires"], now));
        var faults = order.Faults(services.GetRequiredService<HubCatalogue>(), now);
        if (faults.Count > 0)
        {
            throw new StartException(string.Join('\n', faults.Select(fault => $"--{fault.Key}: {string.Join(' ', fault.Value)}")));
        }

        return order;
    }

    private static async Task ListAsync(ILedger ledger, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var key in await ledger.ListKeysAsync(cancellationToken))
        {
            var end = key.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : $"until {Day(key.ExpiresAt)}";
            var used = key.LastUsedAt is { } last ? $"last used {Day(last)}" : "never used";
            await output.WriteLineAsync(
                $"{key.Id}  {key.Owner}  {string.Join(',', ScopeWords.Of(key.Grant.Scopes))}  organisations {Entries(key.Grant.Organisations)}  sources {Entries(key.Grant.Sources)}  {end}  {used}");
        }
    }

    private static async Task RevokeAsync(KeyIssuer issuer, string? id, TextWriter output, CancellationToken cancellationToken)
    {
        var key = await issuer.RevokeAsync(id ?? "", Actor, cancellationToken) ?? throw new StartException($"There is no key '{id}'.");
        await output.WriteLineAsync($"Key {key.Id} for {key.Owner} was revoked on {Day(key.RevokedAt!.Value)}.");
    }

    private static string[]? Split(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number of days from now, or the day in UTC at whose start it ends.</summary>
    private static DateTimeOffset? ExpiryOf(string? text, DateTimeOffset now) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days <= KeyOrder.LongestLife.TotalDays ? now.AddDays(days) : null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day
        : null;

    private static string Minute(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Entries<T>(IReadOnlySet<T>? entries) => entries is null ? "all" : string.Join(',', entries);
}
