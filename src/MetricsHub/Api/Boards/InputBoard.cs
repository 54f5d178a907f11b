using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Api.Boards;

/// <summary>The inputs of levels as rows, those that are missing among them.</summary>
internal sealed class InputBoard(HubCatalogue catalogue, BoardReadings readings)
{
    public async Task<IReadOnlyList<InputRow>> ReadAsync(Organisation organisation, InputBoardRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = await readings.ReadAsync(organisation, request.Framework, at, cancellationToken);
        var rows = found.SelectMany(each => RowsOf(each.Reading, at))
            .Where(row => string.IsNullOrEmpty(request.ServiceDomain) || row.ServiceDomain == request.ServiceDomain)
            .Where(row => string.IsNullOrEmpty(request.Indicator) || row.Indicator == request.Indicator)
            .ToList();
        return rows.Count > 0 ? rows
            : [Nothing(organisation, request, found.Count == 0 ? BoardWords.NobodyJudges(organisation, request.Framework) : "No input of this kind belongs to the level.")];
    }

    /// <summary>In the order of the framework.</summary>
    private IEnumerable<InputRow> RowsOf(EscalationReading reading, DateTimeOffset at)
    {
        var present = reading.Contributions.ToDictionary(part => part.Parameter.Indicator);
        var missing = reading.Missing.ToDictionary(input => input.Indicator.Key);
        var notApplicable = reading.NotApplicable.ToDictionary(input => input.Indicator.Key);
        foreach (var parameter in reading.Framework.Parameters)
        {
            if (present.TryGetValue(parameter.Indicator, out var part))
            {
                yield return Present(reading, part, at);
            }
            else if (missing.TryGetValue(parameter.Indicator, out var absent))
            {
                yield return Missing(reading, parameter, absent, at);
            }
            else if (notApplicable.TryGetValue(parameter.Indicator, out var none))
            {
                yield return RowOf(reading, none, "not applicable", "There is nothing to measure.", at);
            }
        }
    }

    private InputRow Present(EscalationReading reading, Contribution part, DateTimeOffset at)
    {
        var found = part.Reading;
        var value = found.Value.TryGetNumber(out var number) ? number : throw new InvalidOperationException($"{found.Indicator.Key} scores without a value.");
        return RowOf(reading, found, "present", BoardWords.Value(value, found.Indicator.Unit) + (part.IsLowSample ? " (low sample)" : ""), at) with
        {
            Value = value,
            Points = (double)part.Points,
            MaximumPoints = (double)part.Parameter.MaximumPoints,
            PointsPercent = part.Parameter.MaximumPoints > 0 ? 100.0 * (double)part.Points / (double)part.Parameter.MaximumPoints : 0,
            Band = part.Band.Range.ToString(),
            Provenance = part.Band.Provenance.ToWord(),
            PeriodEnd = found.OldestPeriod.End,
            AgeSeconds = (long)(at - found.OldestPeriod.End).TotalSeconds,
        };
    }

    private InputRow Missing(EscalationReading reading, Parameter parameter, IndicatorReading found, DateTimeOffset at)
    {
        var last = found.LastPeriod?.End;
        var text = $"missing: {found.Value.Absence!.Value.ToText()}; {(last is { } end ? $"last for the period to {ApiJson.ToText(end)}" : "never stated")}";
        return RowOf(reading, found, "missing", text, at) with
        {
            MaximumPoints = (double)parameter.MaximumPoints,
            PeriodEnd = last,
            AgeSeconds = (long?)(at - last)?.TotalSeconds,
        };
    }

    private InputRow RowOf(EscalationReading reading, IndicatorReading found, string state, string text, DateTimeOffset at) => new(
        found.Indicator.Key,
        found.Indicator.Name,
        reading.Framework.Key,
        found.Indicator.ServiceDomain,
        catalogue.ServiceDomain(found.Indicator.ServiceDomain),
        state,
        text,
        Value: null,
        found.Indicator.Unit,
        Points: null,
        MaximumPoints: null,
        PointsPercent: null,
        Band: BoardWords.None,
        Provenance: BoardWords.None,
        PeriodEnd: null,
        AgeSeconds: null,
        found.CoveragePercent,
        Lacks(found),
        string.Join(", ", found.Indicator.Formulas.SelectMany(formula => formula.Metrics).Distinct().SelectMany(catalogue.SourcesOf).Select(source => source.Key.ToString()).Distinct().Order(StringComparer.Ordinal)),
        ExplanationEndpoints.AddressOf(reading.Organisation.ToString(), reading.Framework, reading.At, asOf: null));

    /// <summary>Who has ever stated it and does not, and how many never did: by their kind alone they could.</summary>
    private static string Lacks(IndicatorReading found)
    {
        var lapsed = found.Silent.Where(found.HasLapsed).ToList();
        string[] parts =
        [
            .. lapsed.Count > 0 ? [$"silent: {string.Join(", ", lapsed)}"] : Array.Empty<string>(),
            .. found.Incomplete.Count > 0 ? [$"stated in part: {string.Join(", ", found.Incomplete.Select(incomplete => incomplete.Organisation))}"] : Array.Empty<string>(),
            .. found.Closed.Count > 0 ? [$"closed: {string.Join(", ", found.Closed)}"] : Array.Empty<string>(),
            .. found.Silent.Count > lapsed.Count ? [$"{found.Silent.Count - lapsed.Count} of a kind that could have not stated it for a year"] : Array.Empty<string>(),
        ];
        return parts.Length > 0 ? string.Join("; ", parts) : "nobody";
    }

    private InputRow Nothing(Organisation organisation, InputBoardRequest request, string why) => new(
        BoardWords.None,
        organisation.Name,
        request.Framework ?? BoardWords.None,
        request.ServiceDomain ?? BoardWords.None,
        request.ServiceDomain is { } domain ? catalogue.ServiceDomain(domain) : BoardWords.None,
        BoardWords.NotJudged, why, null, BoardWords.None, null, null, null, BoardWords.None, BoardWords.None, null, null, null, why, BoardWords.None,
        $"{ApiSetup.Root}/organisations/{organisation.Code}");
}
