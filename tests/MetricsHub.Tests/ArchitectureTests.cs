using System.Text.RegularExpressions;
using MetricsHub.Catalogue;
using MetricsHub.Sources;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests;

/// <summary>The conventions that a reader relies on and that no compiler keeps.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>Which folders may name which: the data goes one way.</summary>
    public static TheoryData<string, string[]> Directions => new()
    {
        { "Catalogue", ["Sources"] },
        { "Sources", [] },
        { "Collection", ["Catalogue", "Sources", "Storage"] },
        { "Storage", ["Sources"] },
        { "Escalation", ["Catalogue", "Storage"] },
        { "Access", ["Catalogue", "Storage"] },

        // Pages, because the start page knows which style it may have; Collection, because what is pushed goes the way of what is collected;
        // Jobs, because what is asked of the API is done by one.
        { "Api", ["Access", "Catalogue", "Collection", "Storage", "Escalation", "Pages", "Jobs", "Moving"] },
        { "Pages", ["Access", "Api", "Catalogue", "Escalation"] },
        { "Jobs", ["Access", "Catalogue", "Sources", "Collection", "Storage", "Escalation", "Moving", "Retention"] },
        { "Moving", ["Storage"] },
        { "Retention", ["Catalogue", "Storage"] },
        { "Simulation", [] },

        // Api, because what it answers of sources is what is measured of them.
        { "Telemetry", ["Access", "Api", "Catalogue", "Collection", "Escalation", "Moving", "Storage"] },
    };

    [Theory]
    [MemberData(nameof(Directions))]
    public void Folder_Names_OnlyWhatComesBeforeIt(string folder, string[] allowed)
    {
        var named = Directory.GetFiles(Path.Combine(Repository.Root, "src", "MetricsHub", folder), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => FolderUsings().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Where(name => name is not "Domain" && name != folder)
            .Distinct();

        Assert.Empty(named.Except(allowed));
    }

    [Fact]
    public void Folders_OfTheHost_AreAllHeldToADirection() =>
        Assert.Equal(
            Directions.Select(row => row.Data.Item1).Order(),
            Directory.GetDirectories(Path.Combine(Repository.Root, "src", "MetricsHub")).Select(path => Path.GetFileName(path)).Except(["bin", "obj", "Properties"]).Order());

    [Fact]
    public void Sources_OfTheCatalogue_HaveALicenceASampleAndMetricsUnlessTheyStateFacts()
    {
        var catalogue = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys);

        Assert.All(catalogue.Sources.Values, source =>
        {
            Assert.NotEmpty(source.Licence);
            Assert.Equal(source.Timetable is null, !catalogue.MetricsOf(source.Key).Any());
            Assert.True(Directory.Exists(Path.Combine(Repository.Root, "samples", source.Key.ToString())), $"samples/{source.Key} is missing.");
        });
        // What is mapped by a table, or pushed, is somebody's own feed: no bundled source has to be one.
        Assert.Equal(new Parsers().Keys.Except([Parsers.TableKey, Parsers.PushedKey, Parsers.CapacityStatusKey]).Order(), catalogue.Sources.Values.Select(source => source.Parser).Distinct().Order());
    }

    [GeneratedRegex(@"^using (?:static )?MetricsHub\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex FolderUsings();
}
