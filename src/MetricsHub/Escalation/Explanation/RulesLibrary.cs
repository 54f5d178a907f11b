using System.Text.Json;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Storage;

namespace MetricsHub.Escalation.Explanation;

/// <summary>Rules by name or by instant: today's of the catalogue, and those of before as the ledger keeps them.</summary>
internal sealed class RulesLibrary(HubCatalogue catalogue, ILedger ledger)
{
    /// <summary>A version of a framework; null where there never was one, or another engine judged by it.</summary>
    /// <param name="version">Null for the one that judges on the day, else the newest.</param>
    public async Task<FrameworkRules?> FindAsync(string framework, string? version, DateOnly day, CancellationToken cancellationToken)
    {
        var versions = catalogue.Frameworks.Where(known => known.Key == framework).OrderByDescending(known => known.Valid.From ?? DateOnly.MinValue).ToList();
        var found = version is null
            ? versions.Find(known => known.Valid.Contains(day)) ?? versions.FirstOrDefault()
            : versions.Find(known => known.Version == version);
        if (found is not null)
        {
            return catalogue.RulesOf(found);
        }

        var kept = (await ledger.ListRulesAsync(framework, cancellationToken))
            .LastOrDefault(entry => entry.Version == version && entry is { EngineVersion: EngineVersion.Current, Text: not null });
        return kept is null ? null : Read(kept);
    }

    /// <summary>Reads kept rules back.</summary>
    /// <exception cref="JsonException">They were not written by this engine version.</exception>
    public static FrameworkRules Read(RulesInForce kept) => FrameworkRules.Read(kept.Text!);
}
