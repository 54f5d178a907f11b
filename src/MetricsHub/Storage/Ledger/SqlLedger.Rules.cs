using System.Data.Common;
using MetricsHub.Domain.Escalation;

namespace MetricsHub.Storage.Ledger;

internal sealed partial class SqlLedger
{
    public Task<IReadOnlyList<RulesInForce>> EnterRulesAsync(
        IReadOnlyList<FrameworkRules> rules, string engineVersion, DateTimeOffset at, CancellationToken cancellationToken) =>
        WriteAsync<IReadOnlyList<RulesInForce>>(
            connection =>
            {
                // As the database keeps an instant, so that what is returned is what is read later.
                var since = StoreTime.Truncate(at);
                var last = ListRules(connection, framework: null).GroupBy(VersionOf).ToDictionary(group => group.Key, group => group.Last());
                var now = rules
                    .Select(entry => new RulesInForce(entry.Framework.Key, entry.Framework.Version, engineVersion, entry.Hash, entry.Text, since))
                    .ToDictionary(VersionOf);
                var gone = last.Values
                    .Where(entry => entry.Hash is not null && !now.ContainsKey(VersionOf(entry)))
                    .Select(entry => entry with { EngineVersion = engineVersion, Hash = null, Text = null, Since = since });
                var entered = now.Values
                    .Where(entry => !(last.TryGetValue(VersionOf(entry), out var before) && (before.Hash, before.EngineVersion) == (entry.Hash, entry.EngineVersion)))
                    .Concat(gone)
                    .OrderBy(entry => entry.Framework, StringComparer.Ordinal)
                    .ThenBy(entry => entry.Version, StringComparer.Ordinal)
                    .ToList();
                entered.ForEach(entry => Insert(connection, entry));
                return (entered.Count > 0, entered);
            },
            cancellationToken);

    public Task<IReadOnlyList<RulesInForce>> ListRulesAsync(string? framework, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<RulesInForce>>(connection => ListRules(connection, framework), cancellationToken);

    private static (string Framework, string Version) VersionOf(RulesInForce entry) => (entry.Framework, entry.Version);

    private static List<RulesInForce> ListRules(DbConnection connection, string? framework) => connection.Query(
        """
        SELECT framework, version, engine_version, rules_hash, content, since FROM rules_in_force
        WHERE CAST($1 AS TEXT) IS NULL OR framework = CAST($1 AS TEXT) ORDER BY number
        """,
        row => new RulesInForce(
            row.GetString(0), row.GetString(1), row.GetString(2), LedgerRows.Text(row, 3), LedgerRows.Text(row, 4), StoreTime.From(row.GetDateTime(5))),
        framework);

    private static void Insert(DbConnection connection, RulesInForce entry) => connection.Execute(
        """
        INSERT INTO rules_in_force (number, framework, version, engine_version, rules_hash, content, since)
        VALUES (nextval('rules_number'), $1, $2, $3, $4, $5, $6)
        """,
        entry.Framework,
        entry.Version,
        entry.EngineVersion,
        entry.Hash,
        entry.Text,
        StoreTime.From(entry.Since));
}
