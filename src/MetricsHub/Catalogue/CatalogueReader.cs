using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MetricsHub.Catalogue;

/// <summary>Reads the catalogue's files as text. A file that cannot be read is an error in the list, not the end of the reading.</summary>
/// <param name="withSimulated">Whether the simulated system's sources and organisations belong to the catalogue.</param>
internal sealed class CatalogueReader(string folder, bool withSimulated)
{
    public const string ServiceDomainsName = "service-domains.yaml";
    public const string MetricsName = "metrics.yaml";
    public const string IndicatorsName = "indicators.yaml";
    public const string OrganisationsName = "organisations.csv";
    public const string ParentsName = "organisation-parents.csv";
    public const string ServicesName = "organisation-services.csv";
    public const string SourcesFolder = "sources";
    public const string FrameworksFolder = "frameworks";

    /// <summary>What belongs to the simulated system: its own sources and organisations, under the names that the real ones have.</summary>
    public const string SimulatedFolder = "simulated";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    private readonly List<CatalogueError> errors = [];
    private readonly Dictionary<string, string> yaml = [];

    public IReadOnlyList<CatalogueError> Errors => errors;

    /// <summary>The error with the line at which its field stands, where it is one of a YAML file that could be read.</summary>
    public CatalogueError Located(CatalogueError error) =>
        error.Line is null && yaml.TryGetValue(error.File, out var text) ? error with { Line = new YamlLines(text).Of(error.Path) } : error;

    public CatalogueFiles Read()
    {
        var simulated = withSimulated || File.Exists(Path.Combine(folder, Simulated(OrganisationsName))) ? ReadOrganisations(Simulated(OrganisationsName)) : [];
        return new CatalogueFiles(
            ReadYaml<ServiceDomainsFile>(ServiceDomainsName),
            ReadYaml<MetricsFile>(MetricsName),
            ReadYaml<IndicatorsFile>(IndicatorsName),
            [.. ReadOrganisations(OrganisationsName), .. withSimulated ? simulated : []],
            simulated,
            [.. ReadParents(ParentsName), .. withSimulated ? ReadParents(Simulated(ParentsName)) : []],
            ReadCsv(ServicesName, ["provider", "system", "service_domain", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
                new ServiceRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7])),
            ReadYamlFolders<SourceFile>([SourcesFolder, .. withSimulated ? [Simulated(SourcesFolder)] : Array.Empty<string>()]),
            ReadYamlFolders<FrameworkFile>([FrameworksFolder]));
    }

    /// <summary>Whether a file, relative to the catalogue folder, belongs to the simulated system.</summary>
    public static bool IsSimulated(string file) => file.StartsWith(SimulatedFolder + "/", StringComparison.Ordinal);

    /// <summary>The file or folder of the real catalogue that holds what this one holds: <c>sources</c> for <c>simulated/sources/x.yaml</c>.</summary>
    public static string RootOf(string file) => (IsSimulated(file) ? file[(SimulatedFolder.Length + 1)..] : file).Split('/')[0];

    private static string Simulated(string name) => $"{SimulatedFolder}/{name}";

    private List<OrganisationRow> ReadOrganisations(string name) =>
        ReadCsv(name, ["code", "name", "kind", "valid_from", "valid_to", "ons_code", "source"], (row, cells) =>
            new OrganisationRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]));

    private List<ParentRow> ReadParents(string name) =>
        ReadCsv(name, ["child", "parent", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
            new ParentRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]));

    private SortedDictionary<string, T> ReadYamlFolders<T>(string[] names)
        where T : class, new()
    {
        var files = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var path = Path.Combine(folder, name);
            if (!Directory.Exists(path) || Directory.GetFiles(path, "*.yaml") is not { Length: > 0 } found)
            {
                errors.Add(new CatalogueError(name, "", "the folder is missing or holds no .yaml file"));
                continue;
            }

            foreach (var file in found)
            {
                var relative = $"{name}/{Path.GetFileName(file)}";
                files.Add(relative, ReadYaml<T>(relative));
            }
        }

        return files;
    }

    private T ReadYaml<T>(string name)
        where T : class, new()
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, name));
            var file = Yaml.Deserialize<T?>(text) ?? new T();
            yaml.Add(name, text);
            return file;
        }
        catch (YamlException exception)
        {
            var reason = exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.InnerException.Message}";
            errors.Add(new CatalogueError(name, "", reason, (int)exception.Start.Line));
        }
        catch (IOException exception)
        {
            errors.Add(new CatalogueError(name, "", exception.Message));
        }

        return new T();
    }

    private List<T> ReadCsv<T>(string name, string[] columns, Func<int, string[], T> toRow)
    {
        var rows = new List<T>();
        try
        {
            using var reader = File.OpenText(Path.Combine(folder, name));
            using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim });
            csv.Read();
            csv.ReadHeader();
            if (!csv.HeaderRecord!.SequenceEqual(columns))
            {
                errors.Add(new CatalogueError(
                    name, "row 1", $"expected the columns {string.Join(",", columns)}; found {string.Join(",", csv.HeaderRecord!)}"));
                return rows;
            }

            while (csv.Read())
            {
                if (csv.Parser.Count == columns.Length)
                {
                    rows.Add(toRow(csv.Parser.Row, csv.Parser.Record!));
                }
                else
                {
                    errors.Add(new CatalogueError(name, $"row {csv.Parser.Row}", $"expected {columns.Length} fields; found {csv.Parser.Count}"));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or CsvHelperException)
        {
            errors.Add(new CatalogueError(name, "", exception.Message));
        }

        return rows;
    }
}
