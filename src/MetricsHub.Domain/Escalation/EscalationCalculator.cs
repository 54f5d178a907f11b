using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Escalation;

/// <summary>Turns statements into escalation readings: a pure function of framework, organisation, slot and statements.</summary>
public sealed class EscalationCalculator(IReadOnlyDictionary<string, Indicator> indicators, IndicatorCalculator calculator)
{
    /// <param name="missing">What an input without a figure is at the instant of asking, by indicator: not due, late, or its source down.</param>
    public EscalationReading Evaluate(
        Framework framework, OrganisationCode organisation, Period slot, StatementSet statements, Func<Indicator, AbsenceCode> missing)
    {
        var contributions = new List<Contribution>();
        var missingInputs = new List<IndicatorReading>();
        var notApplicable = new List<IndicatorReading>();
        var (score, available, applicable) = (0, 0, 0);

        foreach (var parameter in framework.Parameters)
        {
            var indicator = indicators[parameter.Indicator];
            var reading = calculator.Read(indicator, organisation, slot, statements, missing(indicator));
            if (!reading.Value.IsAbsent && reading.CoveragePercent < framework.MissingData.MinimumCoveragePercent)
            {
                reading = reading with { Value = Figure.Absent(reading.WhenMissing) };
            }

            if (reading.Value.TryGetNumber(out var value))
            {
                var band = parameter.BandOf(value);
                contributions.Add(new Contribution(parameter, reading, band));
                score += band.Points;
                available += parameter.MaximumPoints;
                applicable += parameter.MaximumPoints;
            }
            else if (reading.Value.Absence == AbsenceCode.NotApplicable)
            {
                notApplicable.Add(reading);
            }
            else
            {
                missingInputs.Add(reading);
                applicable += parameter.MaximumPoints;
            }
        }

        var because = WhyNot(framework.MissingData, contributions, available, applicable);
        var level = because is null ? LevelOf(framework, 100.0 * score / available) : (int?)null;
        return new EscalationReading(
            framework, organisation, slot, level, because, score, available, applicable, contributions, missingInputs, notApplicable);
    }

    private static int LevelOf(Framework framework, double percent) =>
        framework.Levels.Single(cut => cut.Percent.Contains(percent)).Level;

    private static string? WhyNot(MissingDataPolicy policy, List<Contribution> contributions, int available, int applicable)
    {
        if (contributions.Count < policy.MinimumIndicators)
        {
            return $"It would rest on {Count(contributions.Count, "indicator")}; at least {policy.MinimumIndicators} are required.";
        }

        var domains = contributions.Select(contribution => contribution.Reading.Indicator.ServiceDomain).Distinct().Count();
        if (domains < policy.MinimumServiceDomains)
        {
            return $"It would rest on {Count(domains, "service domain")}; at least {policy.MinimumServiceDomains} are required.";
        }

        var observable = 100.0 * available / applicable;
        return observable < policy.MinimumObservablePercent
            ? FormattableString.Invariant(
                $"Only {observable:0.#} % of the points are observable; at least {policy.MinimumObservablePercent:0.#} % are required.")
            : null;
    }

    private static string Count(int number, string noun) => number switch
    {
        0 => $"no {noun}",
        1 => $"1 {noun}",
        _ => $"{number} {noun}s",
    };
}
