using System.Text.RegularExpressions;
using FluentValidation;
using MetricsHub.Catalogue.Rules;

namespace MetricsHub.Catalogue;

/// <summary>Reads, checks and builds the catalogue. Either all of it holds, or nothing starts and everything wrong is listed.</summary>
internal static partial class CatalogueLoader
{
    /// <param name="parsers">The keys of the parsers that the hub has.</param>
    /// <exception cref="CatalogueException">Something in the catalogue is wrong.</exception>
    public static HubCatalogue Load(string folder, IReadOnlyCollection<string> parsers)
    {
        var reader = new CatalogueReader(folder);
        var files = reader.Read();
        var unread = reader.Errors.Select(error => error.File.Split('/')[0]).ToHashSet();
        List<CatalogueError> errors = [.. reader.Errors, .. CheckEachFile(files, parsers), .. CrossFileRules.Check(files, unread)];
        if (errors.Count > 0)
        {
            throw new CatalogueException(errors);
        }

        // What only a framework that is built can tell; one that cannot be built has faults enough to list.
        var catalogue = CatalogueBuilder.Build(files);
        errors.AddRange(CorroborationRules.Check(files.Frameworks, catalogue));
        return errors.Count == 0 ? catalogue : throw new CatalogueException(errors);
    }

    private static IEnumerable<CatalogueError> CheckEachFile(CatalogueFiles files, IReadOnlyCollection<string> parsers) =>
    [
        .. Check(new ServiceDomainsFileRules(), files.ServiceDomains, CatalogueReader.ServiceDomainsName),
        .. Check(new MetricsFileRules(), files.Metrics, CatalogueReader.MetricsName),
        .. Check(new IndicatorsFileRules(), files.Indicators, CatalogueReader.IndicatorsName),
        .. files.Organisations.SelectMany(row => CheckRow(new OrganisationRowRules(), row, CatalogueReader.OrganisationsName, row.Row)),
        .. files.Parents.SelectMany(row => CheckRow(new ParentRowRules(), row, CatalogueReader.ParentsName, row.Row)),
        .. files.Services.SelectMany(row => CheckRow(new ServiceRowRules(), row, CatalogueReader.ServicesName, row.Row)),
        .. files.Sources.SelectMany(file => Check(new SourceFileRules(parsers), file.Value, file.Key)),
        .. files.Frameworks.SelectMany(file => Check(new FrameworkFileRules(), file.Value, file.Key)),
    ];

    private static IEnumerable<CatalogueError> Check<T>(AbstractValidator<T> rules, T file, string name) =>
        rules.Validate(file).Errors.Select(failure => new CatalogueError(name, YamlPath(failure.PropertyName), failure.ErrorMessage));

    private static IEnumerable<CatalogueError> CheckRow<T>(AbstractValidator<T> rules, T row, string name, int number) =>
        rules.Validate(row).Errors.Select(failure => new CatalogueError(name, $"row {number}, {ColumnName(failure.PropertyName)}", failure.ErrorMessage));

    /// <summary><c>Parameters[0].Bands</c> as the file spells it: <c>parameters[0].bands</c>.</summary>
    private static string YamlPath(string property) => WordStart().Replace(property, match => match.Value.ToLowerInvariant());

    /// <summary><c>ValidFrom</c> as the file spells it: <c>valid_from</c>.</summary>
    private static string ColumnName(string property) => InnerCapital().Replace(property, "_$0").ToLowerInvariant();

    [GeneratedRegex(@"(?<=^|\.)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();

    [GeneratedRegex(@"(?<!^)[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex InnerCapital();
}
