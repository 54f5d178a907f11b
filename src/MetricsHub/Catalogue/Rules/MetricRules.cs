using FluentValidation;

namespace MetricsHub.Catalogue.Rules;

internal sealed class ServiceDomainsFileRules : AbstractValidator<ServiceDomainsFile>
{
    public ServiceDomainsFileRules() =>
        RuleForEach(file => file.ServiceDomains).ChildRules(entry =>
        {
            entry.RuleFor(domain => domain.Key).IsKey();
            entry.RuleFor(domain => domain.Name).Required();
        });
}

internal sealed class MetricsFileRules : AbstractValidator<MetricsFile>
{
    public MetricsFileRules() => RuleForEach(file => file.Metrics).SetValidator(new MetricEntryRules());
}

internal sealed class MetricEntryRules : AbstractValidator<MetricEntry>
{
    public MetricEntryRules()
    {
        RuleFor(metric => metric.Key).IsKey();
        RuleFor(metric => metric.Name).Required();
        RuleFor(metric => metric.Description).Required();
        RuleFor(metric => metric.Unit).Required();
        RuleFor(metric => metric.ServiceDomain).Required();
        RuleFor(metric => metric.Cadence).IsOneOf(CatalogueWords.Cadences.Keys);
        RuleFor(metric => metric.Measure).IsOneOf(CatalogueWords.Measures.Keys);
        RuleFor(metric => metric.Polarity).IsOneOf(CatalogueWords.Polarities.Keys);
        RuleFor(metric => metric.CountsPeople).Required();
        RuleFor(metric => metric.ReportedBy).NotEmptyList();
        RuleForEach(metric => metric.ReportedBy).IsOneOf(CatalogueWords.OrganisationKinds.Keys);
        RuleForEach(metric => metric.Breaks).ChildRules(entry =>
        {
            entry.RuleFor(seriesBreak => seriesBreak.From).IsDate();
            entry.RuleFor(seriesBreak => seriesBreak.Note).Required();
            entry.RuleFor(seriesBreak => seriesBreak.Source).Required();
        });
        RuleFor(metric => metric.Plausible).IsInterval("[0, 5000]").When(metric => metric.Plausible is not null);
    }
}

internal sealed class IndicatorsFileRules : AbstractValidator<IndicatorsFile>
{
    public IndicatorsFileRules() =>
        RuleForEach(file => file.Indicators).ChildRules(entry =>
        {
            entry.RuleFor(indicator => indicator.Key).IsKey();
            entry.RuleFor(indicator => indicator.Name).Required();
            entry.RuleFor(indicator => indicator.Description).Required();
            entry.RuleFor(indicator => indicator.ServiceDomain).Required();
            entry.RuleFor(indicator => indicator.Unit).Required();
            entry.RuleFor(indicator => indicator.Per).GreaterThan(0);
            entry.RuleFor(indicator => indicator.Polarity).IsOneOf(CatalogueWords.Polarities.Keys);
            entry.RuleFor(indicator => indicator.Formulas).NotEmptyList();
            entry.RuleForEach(indicator => indicator.Formulas).ChildRules(formula =>
            {
                formula.RuleFor(sides => sides.Numerator).NotEmptyList();
                formula.RuleFor(sides => sides.Denominator).NotEmptyList();
            });
        });
}
