using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace MetricsHub.Catalogue;

/// <summary>Reads the catalogue's files as text. A file that cannot be read is an error in the list, not the end of the reading.</summary>
internal sealed class CatalogueReader(string folder)
{
    public const string ServiceDomainsName = "service-domains.yaml";
    public const string MetricsName = "metrics.yaml";
    public const string IndicatorsName = "indicators.yaml";
    public const string OrganisationsName = "organisations.csv";
    public const string ParentsName = "organisation-parents.csv";
    public const string ServicesName = "organisation-services.csv";
    public const string CalendarsName = "calendars.yaml";
    public const string OpeningHoursName = "opening-hours.csv";
    public const string BankHolidaysName = "bank-holidays.csv";
    public const string SuccessionsName = "organisation-successions.csv";
    public const string SourcesFolder = "sources";
    public const string FrameworksFolder = "frameworks";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    private readonly List<CatalogueError> errors = [];

    public IReadOnlyList<CatalogueError> Errors => errors;

    public CatalogueFiles Read() => new(
        ReadYaml<ServiceDomainsFile>(ServiceDomainsName),
        ReadYaml<MetricsFile>(MetricsName),
        ReadYaml<IndicatorsFile>(IndicatorsName),
        ReadCsv(OrganisationsName, ["code", "name", "kind", "valid_from", "valid_to", "ons_code", "source"], (row, cells) =>
            new OrganisationRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])),
        ReadCsv(ParentsName, ["child", "parent", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
            new ParentRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])),
        ReadCsv(ServicesName, ["provider", "system", "service_domain", "valid_from", "valid_to", "basis", "source", "reason"], (row, cells) =>
            new ServiceRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6], cells[7])),
        ReadYamlFolder<SourceFile>(SourcesFolder),
        ReadYamlFolder<FrameworkFile>(FrameworksFolder),
        ReadYaml<CalendarsFile>(CalendarsName),
        ReadCsv(OpeningHoursName, ["organisation", "service_domain", "calendar", "valid_from", "valid_to", "source"], (row, cells) =>
            new OpeningRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])),
        ReadCsv(BankHolidaysName, ["date", "title", "source"], (row, cells) => new BankHolidayRow(row, cells[0], cells[1], cells[2])),
        ReadCsv(SuccessionsName, ["predecessor", "successor", "date", "basis", "source", "reason"], (row, cells) =>
            new SuccessionRow(row, cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])));

    private SortedDictionary<string, T> ReadYamlFolder<T>(string name)
        where T : class, new()
    {
        var files = new SortedDictionary<string, T>(StringComparer.Ordinal);
        var path = Path.Combine(folder, name);
        if (!Directory.Exists(path) || Directory.GetFiles(path, "*.yaml") is not { Length: > 0 } found)
        {
            errors.Add(new CatalogueError(name, "", "the folder is missing or holds no .yaml file"));
            return files;
        }

        foreach (var file in found)
        {
            var relative = $"{name}/{Path.GetFileName(file)}";
            files.Add(relative, ReadYaml<T>(relative));
        }

        return files;
    }

    private T ReadYaml<T>(string name)
        where T : class, new()
    {
        try
        {
            using var reader = File.OpenText(Path.Combine(folder, name));
            return Yaml.Deserialize<T?>(reader) ?? new T();
        }
        catch (YamlException exception)
        {
            var reason = exception.InnerException is null ? exception.Message : $"{exception.Message} {exception.InnerException.Message}";
            errors.Add(new CatalogueError(name, $"line {exception.Start.Line}", reason));
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
