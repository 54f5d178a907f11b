using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using MetricsHub.Catalogue;
using MetricsHub.Sources;
using MetricsHub.Tests.Catalogue;
using Xunit;

namespace MetricsHub.Tests.Acceptance;

/// <summary>
/// Each source's own definition loads, and with a required field taken away or spoilt it is refused with file, line and field. A field is
/// spoilt in all files at once, because a start lists everything that is wrong.
/// </summary>
public sealed partial class ConfigurationTests
{
    /// <summary>Fields that a source may go without, and why.</summary>
    private static readonly Dictionary<string, string> Optional = new()
    {
        ["note"] = "Most sources need none.",
        ["calendar"] = "Without one a source states figures for every period.",
        ["personalColumns"] = "Without it nothing is cut.",
        ["unknownOrganisations"] = "Without it rows of unknown organisations are kept and shown as uncatalogued.",
        ["fhir"] = "Without it reports in FHIR are refused, and rows are taken.",
        ["rows"] = "Without it the rows are the document itself.",
        ["missing"] = "Without it whatever is no number is rejected.",
        ["measures"] = "Without it reports of any measure are taken.",
    };

    /// <summary>What no field of that name can be.</summary>
    private static readonly Dictionary<string, string> Wrong = new()
    {
        ["key"] = "Not A Key",
        ["landingPage"] = "nowhere",
        ["parser"] = "unheard-of",
        ["schedule"] = "often",
        ["timeZone"] = "Middle-earth",
        ["dueDaysAfterPeriodEnd"] = "100000",
        ["dueMinutesAfterPeriodEnd"] = "100000",
        ["maximumBytes"] = "0",
        ["locations"] = "[]",
        ["table"] = "{}",
        ["metrics"] = "[no-such-metric]",
        ["reference"] = "false",
        ["push"] = "false",
        ["format"] = "papyrus",
        ["organisation"] = "{}",
        ["time"] = "{}",
        ["figures"] = "[]",
    };

    private static readonly ConcurrentDictionary<(string Field, bool Spoilt), Lazy<ILookup<string, CatalogueError>>> Faults = new();

    public static TheoryData<string> Files => [.. AcceptedSources.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Source_AsItStands_IsInTheCatalogueUnderTheNameOfItsFile(string file) =>
        Assert.Equal(file.StartsWith("simulated/", StringComparison.Ordinal), AcceptedSources.Find(Path.GetFileNameWithoutExtension(file)).Simulated);

    [Theory]
    [MemberData(nameof(Files))]
    public void Source_WithoutARequiredField_IsRefusedByFileLineAndField(string file) =>
        Assert.All(RequiredFieldsOf(file), field => AssertNamed(FaultsWithout(field)[file], field));

    [Theory]
    [MemberData(nameof(Files))]
    public void Source_WithAFieldSpoilt_IsRefusedByFileLineAndField(string file) =>
        Assert.All(RequiredFieldsOf(file), field => AssertNamed(FaultsOfSpoilt(field)[file], field));

    [Fact]
    public void Optional_EveryFieldListed_StandsInSomeSourceAndIsReallyOptional()
    {
        foreach (var field in Optional.Keys)
        {
            Assert.Contains(AcceptedSources.Files, file => FieldsOf(file).Contains(field));
            using var folder = new CatalogueFolder();
            Rewrite(folder, field, block => []);
            Assert.NotEmpty(CatalogueLoader.Load(folder.Path, new Parsers().Keys, AcceptedSources.Simulator).Sources);
        }
    }

    private static IEnumerable<string> RequiredFieldsOf(string file) => FieldsOf(file).Except(Optional.Keys);

    /// <summary>The fields of a source, and those of its table: whatever stands at the margin or one step in.</summary>
    private static IEnumerable<string> FieldsOf(string file) =>
        File.ReadLines(Path.Combine(CatalogueFolder.Real, file)).Select(line => Field().Match(line)).Where(match => match.Success).Select(match => match.Groups[2].Value).Distinct();

    private static ILookup<string, CatalogueError> FaultsWithout(string field) =>
        Faults.GetOrAdd((field, false), _ => new(() => FaultsAfter(field, _ => []))).Value;

    private static ILookup<string, CatalogueError> FaultsOfSpoilt(string field) =>
        Faults.GetOrAdd((field, true), _ => new(() => FaultsAfter(field, block =>
            [$"{block[0][..(block[0].IndexOf(':', StringComparison.Ordinal) + 1)]} {Wrong.GetValueOrDefault(field, "\"\"")}"]))).Value;

    private static ILookup<string, CatalogueError> FaultsAfter(string field, Func<string[], string[]> change)
    {
        using var folder = new CatalogueFolder();
        Rewrite(folder, field, change);
        return Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys, AcceptedSources.Simulator)).Errors.ToLookup(error => error.File);
    }

    /// <summary>Changes a field, with all that stands below it, in every source.</summary>
    private static void Rewrite(CatalogueFolder folder, string field, Func<string[], string[]> change)
    {
        foreach (var file in AcceptedSources.Files)
        {
            var path = Path.Combine(folder.Path, file);
            var lines = File.ReadAllLines(path);
            var start = Array.FindIndex(lines, line => Field().Match(line) is { Success: true } match && match.Groups[2].Value == field);
            if (start >= 0)
            {
                var margin = lines[start].TakeWhile(char.IsWhiteSpace).Count();
                var length = 1 + lines.Skip(start + 1).TakeWhile(line => line.Length == 0 || line.TakeWhile(char.IsWhiteSpace).Count() > margin).Count();
                File.WriteAllLines(path, [.. lines[..start], .. change(lines[start..(start + length)]), .. lines[(start + length)..]]);
            }
        }
    }

    /// <summary>
    /// Of two fields of which one has to be there either may be named; what states no facts is asked when its figures are due, and what takes
    /// no pushes where its files are.
    /// </summary>
    private static void AssertNamed(IEnumerable<CatalogueError> errors, string field)
    {
        var name = field switch
        {
            "reference" or ['d', 'u', 'e', ..] => "due",
            "push" => "locations",
            _ => field,
        };
        Assert.Contains(errors, error => error.Line > 0 && (error.Path.Contains(name, StringComparison.OrdinalIgnoreCase) || error.Message.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }

    [GeneratedRegex(@"^(  )?([a-zA-Z]+):", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
