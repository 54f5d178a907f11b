using System.Globalization;
using FluentValidation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue.Rules;

internal sealed class TableEntryRules : AbstractValidator<TableEntry>
{
    public TableEntryRules()
    {
        RuleFor(table => table.Format).IsOneOf(CatalogueWords.TableFormats.Keys);
        RuleFor(table => table.Sheet).Required().When(table => table.Format == "xlsx");
        RuleFor(table => table.Sheet).Must(sheet => sheet is null).When(table => table.Format != "xlsx").WithMessage("is for xlsx only");
        RuleFor(table => table.Rows).Must(rows => rows is null).When(table => table.Format != "json").WithMessage("is for json only");
        RuleFor(table => table.Rows).Must(rows => rows is null or "" or ['/', ..]).WithMessage("'{PropertyValue}' is not a JSON pointer: expected /data/sites");
        RuleFor(table => table.Organisation).Must(organisation => organisation is not null).WithMessage("is required");
        RuleFor(table => table.Organisation!).SetValidator(new OrganisationEntryRules()).When(table => table.Organisation is not null);
        RuleFor(table => table.Time).Must(time => time is not null).WithMessage("is required");
        RuleFor(table => table.Time!).SetValidator(new TimeEntryRules()).When(table => table.Time is not null);
        RuleForEach(table => table.Missing).Must(pair => CatalogueWords.AbsenceCodes.ContainsKey(pair.Value))
            .WithMessage((_, pair) => $"'{pair.Value}' is unknown: expected one of {string.Join(", ", CatalogueWords.AbsenceCodes.Keys)}");
        RuleFor(table => table.Missing).Must(missing => AreDistinct(missing.Keys)).WithMessage("says twice what one marker means: upper and lower case are the same");
        RuleFor(table => table.Figures).NotEmptyList();
        RuleForEach(table => table.Figures).ChildRules(figure =>
        {
            figure.RuleFor(entry => entry.Metric).Required();
            figure.RuleFor(entry => entry.Field).Required();
        });
    }

    private static bool AreDistinct(IEnumerable<string> keys) =>
        keys.GroupBy(key => key.Trim(), StringComparer.OrdinalIgnoreCase).All(group => group.Count() == 1);

    private sealed class OrganisationEntryRules : AbstractValidator<TableOrganisationEntry>
    {
        public OrganisationEntryRules()
        {
            RuleFor(organisation => organisation.Field).Must((organisation, field) => field is null != organisation.Code is null)
                .WithMessage("needs one of field and code");
            RuleFor(organisation => organisation.Code).Must(IsCode).When(organisation => organisation.Code is not null)
                .WithMessage("'{PropertyValue}' is not an organisation code: expected 1 to 10 letters and digits");
            RuleForEach(organisation => organisation.Codes).Must(pair => IsCode(pair.Value))
                .WithMessage((_, pair) => $"'{pair.Value}' is not an organisation code: expected 1 to 10 letters and digits");
            RuleFor(organisation => organisation.Codes).Must(codes => AreDistinct(codes.Keys)).WithMessage("name one text twice: upper and lower case are the same");
        }

        private static bool IsCode(string? text) => OrganisationCode.TryParse(text, out _);
    }

    private sealed class TimeEntryRules : AbstractValidator<TableTimeEntry>
    {
        private const string FormatExpected = "'{PropertyValue}' is not a format: expected iso, or day, month and year such as dd/MM/yyyy HH:mm";

        public TimeEntryRules()
        {
            RuleFor(time => time.Field).Required();
            RuleFor(time => time.Format).Must((time, format) => format is null != (time.Formats.Count == 0)).WithMessage("needs one of format and formats");
            RuleFor(time => time.Format).Must(IsFormat!).When(time => time.Format is not null).WithMessage(FormatExpected);
            RuleForEach(time => time.Formats).Must(IsFormat).WithMessage(FormatExpected);
            RuleFor(time => time.Zone).Must(zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone!, out _)).When(time => time.Zone is not null)
                .WithMessage("'{PropertyValue}' is not a known time zone");
            RuleFor(time => time.Zone).Must((time, zone) => zone is not null || TableBuilder.FormatsOf(time).All(BearsItsOffset))
                .WithMessage("is required where a time bears no offset");
            RuleFor(time => time.Ambiguous).IsOneOf(CatalogueWords.AmbiguousTimes.Keys);
        }

        /// <summary>A format without a year would take it from the clock of the day on which the file is read.</summary>
        private static bool IsFormat(string format)
        {
            try
            {
                return format == CatalogueWords.IsoFormat
                    || (format.Contains('y', StringComparison.Ordinal)
                        && format.Contains('M', StringComparison.Ordinal)
                        && DateTime.UnixEpoch.ToString(format, CultureInfo.InvariantCulture).Length > 0);
            }
            catch (FormatException)
            {
                return false;
            }
        }

        private static bool BearsItsOffset(string format) =>
            format == CatalogueWords.IsoFormat || format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);
    }
}
