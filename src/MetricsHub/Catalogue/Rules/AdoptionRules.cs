using MetricsHub.Domain.Escalation;

namespace MetricsHub.Catalogue.Rules;

/// <summary>Whoever adopts a version of a framework is in the catalogue, and no two versions of one framework judge it on the same day.</summary>
internal static class AdoptionRules
{
    public static IEnumerable<CatalogueError> References(CatalogueFiles files, IReadOnlySet<string> unread)
    {
        // The simulated system's codes are known, whether it plays or not: a framework may name them for when it does.
        var known = files.Organisations.Union(files.SimulatedOrganisations).Select(row => row.Code).ToHashSet();
        return unread.Contains(CatalogueReader.OrganisationsName)
            ? []
            : files.Frameworks.SelectMany(file => file.Value.Adopted.Index()
                .Where(entry => entry.Item.Organisation is { } code && !known.Contains(code))
                .Select(entry => new CatalogueError(
                    file.Key, $"adopted[{entry.Index}].organisation",
                    $"unknown organisation '{entry.Item.Organisation}'{Suggestion.For(entry.Item.Organisation!, known)}")));
    }

    /// <summary>What only frameworks that are built, and the tree, can tell.</summary>
    public static IEnumerable<CatalogueError> Overlaps(IReadOnlyDictionary<string, FrameworkFile> files, HubCatalogue catalogue)
    {
        var versions = files.Keys.Zip(catalogue.Frameworks).ToList();
        foreach (var (index, (file, later)) in versions.Index())
        {
            // A candidate in shadow judges beside the version that it may come after.
            foreach (var (otherFile, earlier) in versions.Take(index).Where(other => other.Second.Key == later.Key && !other.Second.IsShadow && !later.IsShadow))
            {
                var shared = catalogue.Organisations.All
                    .Select(organisation => (Organisation: organisation, Day: VersionOverlap.FirstDay(earlier, later, organisation, catalogue.Organisations)))
                    .FirstOrDefault(found => found.Day is not null);
                if (shared.Day is { } day)
                {
                    yield return new CatalogueError(
                        file, "adopted",
                        $"versions '{earlier.Version}' and '{later.Version}' of '{later.Key}' both judge {shared.Organisation.Code} on {day:yyyy-MM-dd}: see {otherFile}");
                }
            }
        }
    }
}
