using System.Text.RegularExpressions;
using FluentValidation;
using MetricsHub.Catalogue.Rules;
using MetricsHub.Domain.Reference;

namespace MetricsHub.Catalogue;

/// <summary>Reads, checks and builds the catalogue. Either all of it holds, or nothing starts and everything wrong is listed.</summary>
internal static partial class CatalogueLoader
{
    /// <param name="parsers">The keys of the parsers that the hub has.</param>
    /// <param name="simulator">Where the simulator answers, an http or https address; null where it does not play.</param>
    /// <param name="local">The folder of the installation's own files, read beside the others where it is there.</param>
    /// <param name="collected">Reads what sources have stated of organisations and bank holidays; asked for only where all files hold. Null for nothing.</param>
    /// <exception cref="CatalogueException">Something in the catalogue is wrong.</exception>
    public static HubCatalogue Load(
        string folder, IReadOnlyCollection<string> parsers, Uri? simulator = null, string? local = null, Func<CollectedReference>? collected = null)
    {
        var reader = new CatalogueReader(new CatalogueFolders(folder, local, withSimulated: simulator is not null));
        var files = reader.Read();
        var unread = reader.Errors.Select(error => CatalogueFolders.RootOf(error.File)).ToHashSet();
        List<CatalogueError> errors = [.. reader.Errors, .. CheckEachFile(files, parsers, simulator), .. CrossFileRules.Check(files, unread)];
        if (errors.Count > 0)
        {
            throw new CatalogueException([.. errors.Select(reader.Located)]);
        }

        // What only a framework that is built can tell; one that cannot be built has faults enough to list.
        var catalogue = CatalogueBuilder.Build(files, simulator, CollectedReference.None);
        errors.AddRange(CorroborationRules.Check(files.Frameworks, catalogue));
        errors.AddRange(AdoptionRules.Overlaps(files.Frameworks, catalogue));
        return errors.Count > 0 ? throw new CatalogueException([.. errors.Select(reader.Located)])
            : collected is null ? catalogue
            : CatalogueBuilder.Build(files, simulator, collected());
    }

    private static IEnumerable<CatalogueError> CheckEachFile(CatalogueFiles files, IReadOnlyCollection<string> parsers, Uri? simulator) =>
    [
        .. Check(new ServiceDomainsFileRules(), files.ServiceDomains, CatalogueReader.ServiceDomainsName),
        .. Check(new MetricsFileRules(), files.Metrics, CatalogueReader.MetricsName),
        .. Check(new IndicatorsFileRules(), files.Indicators, CatalogueReader.IndicatorsName),
        .. files.Organisations.Union(files.SimulatedOrganisations).SelectMany(row => CheckRow(new OrganisationRowRules(), row, row.File, row.Row)),
        .. files.Parents.SelectMany(row => CheckRow(new ParentRowRules(), row, row.File, row.Row)),
        .. files.Services.SelectMany(row => CheckRow(new ServiceRowRules(), row, CatalogueReader.ServicesName, row.Row)),
        .. Check(new CalendarsFileRules(), files.Calendars, CatalogueReader.CalendarsName),
        .. files.OpeningHours.SelectMany(row => CheckRow(new OpeningRowRules(), row, row.File, row.Row)),
        .. files.BankHolidays.SelectMany(row => CheckRow(new BankHolidayRowRules(), row, CatalogueReader.BankHolidaysName, row.Row)),
        .. files.Successions.SelectMany(row => CheckRow(new SuccessionRowRules(), row, CatalogueReader.SuccessionsName, row.Row)),
        .. files.RollUpWeights.SelectMany(row => CheckRow(new RollUpWeightRowRules(), row, row.File, row.Row)),
        .. files.Sources.SelectMany(file => Check(new SourceFileRules(parsers, simulator), file.Value, file.Key)),
        .. files.Frameworks.SelectMany(file => Check(new FrameworkFileRules(), file.Value, file.Key)),
        .. Check(new ChecksFileRules(), files.Checks, CatalogueReader.ChecksName),
        .. Check(new LevelHealthFileRules(), files.LevelHealth, CatalogueReader.LevelHealthName),
        .. Check(new HeadroomFileRules(), files.Headroom, CatalogueReader.HeadroomName),
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
