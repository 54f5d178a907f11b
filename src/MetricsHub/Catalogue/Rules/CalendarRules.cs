using FluentValidation;
using MetricsHub.Domain.Calendars;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Catalogue.Rules;

internal sealed class CalendarsFileRules : AbstractValidator<CalendarsFile>
{
    public CalendarsFileRules() => RuleForEach(file => file.Calendars).SetValidator(new CalendarEntryRules());
}

internal sealed class CalendarEntryRules : AbstractValidator<CalendarEntry>
{
    public CalendarEntryRules()
    {
        RuleFor(calendar => calendar.Key).IsKey();
        RuleFor(calendar => calendar.Name).Required();
        RuleFor(calendar => calendar.Source).Required();
        RuleFor(calendar => calendar.Hours).NotEmptyList();
        RuleFor(calendar => calendar.Hours)
            .Must(hours => hours.SelectMany(entry => entry.Days).GroupBy(day => day).All(day => day.Count() == 1))
            .WithMessage("a day of the week stands twice");
        RuleForEach(calendar => calendar.Hours).ChildRules(hours =>
        {
            hours.RuleFor(entry => entry.Days).NotEmptyList();
            hours.RuleForEach(entry => entry.Days).IsOneOf(CatalogueWords.DaysOfWeek.Keys);
            hours.RuleFor(entry => entry.Open).NotEmptyList();
            hours.RuleForEach(entry => entry.Open).IsSpan();
        });
        RuleForEach(calendar => calendar.OnBankHolidays).IsSpan();
        When(calendar => calendar.Season is not null, () =>
        {
            RuleFor(calendar => calendar.Season!.First).IsDayOfTheYear();
            RuleFor(calendar => calendar.Season!.Last).IsDayOfTheYear();
        });
    }
}

internal sealed class OpeningRowRules : AbstractValidator<OpeningRow>
{
    public OpeningRowRules()
    {
        RuleFor(row => row.ValidFrom).IsDateOrBlank();
        RuleFor(row => row.ValidTo).IsDateOrBlank();
        RuleFor(row => row.ValidTo).Must((row, _) => SpanRules.HoldsADay(row.ValidFrom, row.ValidTo))
            .WithMessage("{PropertyValue} (exclusive) is not after valid_from");
        RuleFor(row => row.Source).Required();
    }
}

internal sealed class BankHolidayRowRules : AbstractValidator<BankHolidayRow>
{
    public BankHolidayRowRules()
    {
        RuleFor(row => row.Date).IsDate();
        RuleFor(row => row.Title).Required();
        RuleFor(row => row.Source).Required();
    }
}

internal sealed class SuccessionRowRules : AbstractValidator<SuccessionRow>
{
    public SuccessionRowRules()
    {
        RuleFor(row => row.Date).IsDate();
        RuleFor(row => row.Basis).IsOneOf(CatalogueWords.Bases.Keys);
        RuleFor(row => row.Source).Required();
        RuleFor(row => row.Reason).Required().When(row => row.Basis == Basis.Inferred.ToWord())
            .WithMessage("is required where the basis is inferred");
    }
}

internal static class CalendarWordRules
{
    public static IRuleBuilderOptions<T, string?> IsSpan<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => OpenSpan.TryParse(text, out _)).WithMessage("'{PropertyValue}' is not a span: expected HH:MM-HH:MM");

    public static IRuleBuilderOptions<T, string?> IsDayOfTheYear<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(Season.IsDay).WithMessage("'{PropertyValue}' is not a day of every year: expected MM-DD");
}
