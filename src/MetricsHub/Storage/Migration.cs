using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MetricsHub.Storage;

/// <summary>One numbered change of a schema.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>Line ends aside: a check-out must not look like a change.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations that travel in this program, by number.</summary>
    /// <param name="part">A folder beside this file: <c>DuckDb</c>, <c>Ledger</c>.</param>
    public static IReadOnlyList<Migration> Embedded(string part)
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = $"{typeof(Migration).Namespace}.{part}.Migrations.";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(name => Read(name[prefix.Length..^".sql".Length], assembly.GetManifestResourceStream(name)!))
                .OrderBy(migration => migration.Number),
        ];
    }

    private static Migration Read(string name, Stream content)
    {
        using var reader = new StreamReader(content);
        var number = int.Parse(name.AsSpan(0, name.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
        return new Migration(number, name, reader.ReadToEnd());
    }
}
