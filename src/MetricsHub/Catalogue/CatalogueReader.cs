using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MetricsHub.Catalogue;

/// <summary>Reads the catalogue's files as text. A file that cannot be read is an error in the list, not the end of the reading.</summary>
internal sealed partial class CatalogueReader(CatalogueFolders folders)
{
    public const string ServiceDomainsName = "service-domains.yaml";
    public const string MetricsName = "metrics.yaml";
    public const string IndicatorsName = "indicators.yaml";
    public const string ChecksName = "checks.yaml";
    public const string OrganisationsName = "organisations.csv";
    public const string ParentsName = "organisation-parents.csv";
    public const string ServicesName = "organisation-services.csv";
    public const string CalendarsName = "calendars.yaml";
    public const string OpeningHoursName = "opening-hours.csv";
    public const string BankHolidaysName = "bank-holidays.csv";
    public const string SuccessionsName = "organisation-successions.csv";
    public const string RollUpWeightsName = "roll-up-weights.csv";
    public const string LevelHealthName = "level-health.yaml";
    public const string HeadroomName = "headroom.yaml";
    public const string SourcesFolder = "sources";
    public const string FrameworksFolder = "frameworks";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    private readonly List<CatalogueError> errors = [];
    private readonly Dictionary<string, string> yaml = [];
    private int bundledMetrics;

    public IReadOnlyList<CatalogueError> Errors => errors;

    public CatalogueFiles Read()
    {
        var simulated = ReadOrganisations(CatalogueFolders.SimulatedOf(OrganisationsName), isOptional: true);
        return new CatalogueFiles(
            ReadYaml<ServiceDomainsFile>(ServiceDomainsName),
            ReadMetrics(),
            ReadYaml<IndicatorsFile>(IndicatorsName),
            [.. folders.WithSimulatedOf(OrganisationsName).SelectMany(name => ReadOrganisations(name))],
            simulated,
            [.. folders.WithSimulatedOf(ParentsName).SelectMany(ReadParents)],
            ReadCsv(ServicesName, ["provider", "system", "service_domain", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
                new ServiceRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7])),
            ReadYamlFolders<SourceFile>(folders.WithSimulatedOf(SourcesFolder)),
            ReadYamlFolders<FrameworkFile>(folders.Of(FrameworksFolder)),
            ReadYaml<ChecksFile>(ChecksName),
            ReadYaml<CalendarsFile>(CalendarsName),
            [.. folders.WithSimulatedOf(OpeningHoursName).SelectMany(ReadOpeningHours)],
            ReadCsv(BankHolidaysName, ["date", "title", "source"], (row, cells) => new BankHolidayRow(row, cells[0], cells[1], cells[2])),
            ReadCsv(SuccessionsName, ["predecessor", "successor", "date", "basis", "source", "reason"], (row, cells) =>
                new SuccessionRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])),
            [.. folders.WithSimulatedOf(RollUpWeightsName).SelectMany(ReadRollUpWeights)],
            ReadYaml<LevelHealthFile>(LevelHealthName),
            ReadYaml<HeadroomFile>(HeadroomName));
    }

    /// <summary>The error with the file and the line at which its field stands, where it is one of a YAML file that could be read.</summary>
    public CatalogueError Located(CatalogueError error)
    {
        // What the reading itself found says where it is.
        if (error.Line is not null)
        {
            return error;
        }

        var placed = InItsOwnFile(error);
        return yaml.TryGetValue(placed.File, out var text) ? placed with { Line = new YamlLines(text).Of(placed.Path) } : placed;
    }

    /// <summary>The installation's own metrics follow the bundled ones in one list, which is checked as one file.</summary>
    private CatalogueError InItsOwnFile(CatalogueError error)
    {
        if (error.File != MetricsName || MetricIndex().Match(error.Path) is not { Success: true } match)
        {
            return error;
        }

        var index = int.Parse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) - bundledMetrics;
        return index < 0
            ? error
            : error with { File = $"{CatalogueFolders.Local}/{MetricsName}", Path = MetricIndex().Replace(error.Path, string.Create(CultureInfo.InvariantCulture, $"metrics[{index}]")) };
    }

    private MetricsFile ReadMetrics()
    {
        var files = folders.Of(MetricsName).Select(ReadYaml<MetricsFile>).ToList();
        bundledMetrics = files[0].Metrics.Count;
        return new MetricsFile { Metrics = [.. files.SelectMany(file => file.Metrics)] };
    }

    private List<OrganisationRow> ReadOrganisations(string name, bool isOptional = false) =>
        isOptional && !File.Exists(folders.PathOf(name)) ? [] : ReadCsv(name, ["code", "name", "kind", "valid_from", "valid_to", "ons_code", "source"], (row, cells) =>
            new OrganisationRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]));

    private List<ParentRow> ReadParents(string name) =>
        ReadCsv(name, ["child", "parent", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
            new ParentRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]));

    private List<OpeningRow> ReadOpeningHours(string name) =>
        ReadCsv(name, ["organisation", "service_domain", "calendar", "valid_from", "valid_to", "source"], (row, cells) =>
            new OpeningRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]));

    private List<RollUpWeightRow> ReadRollUpWeights(string name) =>
        ReadCsv(name, ["parent", "child", "weight", "valid_from", "valid_to", "basis", "provenance", "source"], (row, cells) =>
            new RollUpWeightRow(name, row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7]));

    private SortedDictionary<string, T> ReadYamlFolders<T>(IEnumerable<string> names)
        where T : class, new()
    {
        var files = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var path = folders.PathOf(name);
            string[] found = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml") : [];
            if (found.Length == 0 && !CatalogueFolders.IsLocal(name))
            {
                errors.Add(new CatalogueError(name, "", "the folder is missing or holds no .yaml file"));
            }

            foreach (var relative in found.Select(file => $"{name}/{Path.GetFileName(file)}"))
            {
                // Of one that cannot be read nothing more is said: not that all its fields are missing.
                if (TryReadYaml<T>(relative) is { } file)
                {
                    files.Add(relative, file);
                }
            }
        }

        return files;
    }

    private T ReadYaml<T>(string name)
        where T : class, new() => TryReadYaml<T>(name) ?? new T();

    private T? TryReadYaml<T>(string name)
        where T : class, new()
    {
        var text = "";
        try
        {
            text = File.ReadAllText(folders.PathOf(name));
            var file = Yaml.Deserialize<T?>(text) ?? new T();
            yaml.Add(name, text);
            return file;
        }
        catch (YamlException exception)
        {
            var reason = exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.InnerException.Message}";
            errors.Add(new CatalogueError(name, YamlLines.PathAt(text, exception.Start.Line), reason, (int)exception.Start.Line));
        }
        catch (IOException exception)
        {
            errors.Add(new CatalogueError(name, "", exception.Message));
        }

        return null;
    }

    private List<T> ReadCsv<T>(string name, string[] columns, Func<int, string[], T> toRow)
    {
        var rows = new List<T>();
        try
        {
            using var reader = File.OpenText(folders.PathOf(name));
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

    [GeneratedRegex(@"^metrics\[(\d+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex MetricIndex();
}
