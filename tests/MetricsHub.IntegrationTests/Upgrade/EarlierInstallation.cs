using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using MetricsHub.Storage.Postgres;
using Npgsql;
using Xunit;

namespace MetricsHub.IntegrationTests.Upgrade;

/// <summary>What an earlier hub left behind, and what it answered then. README.md in the folder of the files says how they were made.</summary>
internal sealed class EarlierInstallation
{
    private const string Commit = "01b1334";

    private readonly string name;

    private EarlierInstallation(string name) => this.name = name;

    /// <summary>Everything in a data folder.</summary>
    public static EarlierInstallation Embedded { get; } = new("embedded");

    /// <summary>Ledger and archive in PostgreSQL.</summary>
    public static EarlierInstallation OnPostgres { get; } = new("postgres");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Upgrade", "earlier", Commit);

    /// <summary>Puts an embedded installation's data into a folder.</summary>
    public static void Unpack(string folder) => Unpack("embedded.tar.gz", folder);

    /// <summary>Puts the ledger and the archive into a schema, and the observations that belong to it into a folder.</summary>
    public static async Task UnpackAsync(PostgresSettings settings, string folder, CancellationToken cancellationToken)
    {
        Unpack("postgres-observations.tar.gz", folder);
        using var dump = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Folder, "postgres.sql.gz")), CompressionMode.Decompress));
        var statements = (await dump.ReadToEndAsync(cancellationToken)).Split('\n').Where(line => !line.StartsWith('\\'));
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        await using var restore = source.CreateCommand(string.Join('\n', statements).Replace("upgrade_then", settings.Schema, StringComparison.Ordinal));
        await restore.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Asks a hub everything that the earlier one was asked. What that answered has to be in the answer unchanged; a later hub may say more.
    /// </summary>
    public async Task AssertAnswersAsThenAsync(HubProcess hub, CancellationToken cancellationToken)
    {
        using var answers = JsonDocument.Parse(new GZipStream(File.OpenRead(Path.Combine(Folder, $"{name}-answers.json.gz")), CompressionMode.Decompress));
        foreach (var asked in answers.RootElement.GetProperty("answers").EnumerateArray())
        {
            var path = asked.GetProperty("path").GetString()!;
            using var now = JsonDocument.Parse(await hub.Http.GetStringAsync(path, cancellationToken));
            AssertHolds(now.RootElement, asked.GetProperty("answer"), path);
        }

        foreach (var asked in answers.RootElement.GetProperty("hashes").EnumerateArray())
        {
            var path = asked.GetProperty("path").GetString()!;
            var now = Convert.ToHexStringLower(SHA256.HashData(await hub.Http.GetByteArrayAsync(path, cancellationToken)));
            Assert.True(asked.GetProperty("sha256").GetString() == now, $"{path} is not what it was.");
        }
    }

    private static void AssertHolds(JsonElement now, JsonElement then, string place)
    {
        Assert.True(now.ValueKind == then.ValueKind, $"{place} was {Short(then)}, and is {Short(now)}.");
        switch (then.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in then.EnumerateObject())
                {
                    Assert.True(now.TryGetProperty(property.Name, out var value), $"{place}/{property.Name} is gone.");
                    AssertHolds(value, property.Value, $"{place}/{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                Assert.True(now.GetArrayLength() == then.GetArrayLength(), $"{place} had {then.GetArrayLength()} items, and has {now.GetArrayLength()}.");
                foreach (var (index, item) in then.EnumerateArray().Index())
                {
                    AssertHolds(now[index], item, $"{place}/{index}");
                }

                break;
            default:
                Assert.True(JsonElement.DeepEquals(now, then), $"{place} was {Short(then)}, and is {Short(now)}.");
                break;
        }
    }

    private static string Short(JsonElement value) => value.GetRawText() is { Length: > 200 } text ? text[..200] : value.GetRawText();

    private static void Unpack(string file, string folder)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, file)), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(packed, folder, overwriteFiles: false);
    }
}
