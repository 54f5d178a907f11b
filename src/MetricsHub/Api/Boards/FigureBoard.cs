using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using Microsoft.AspNetCore.WebUtilities;

namespace MetricsHub.Api.Boards;

/// <summary>The observations that the inputs of levels are made of, one by one, and beside them who states none.</summary>
internal sealed class FigureBoard(HubCatalogue catalogue, BoardReadings readings)
{
    public async Task<IReadOnlyList<FigureRow>> ReadAsync(Organisation organisation, InputBoardRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var found = await readings.ReadAsync(organisation, request.Framework, at, cancellationToken);
        var rows = found
            .SelectMany(each => InputsOf(each.Reading).SelectMany(input => RowsOf(each.Reading.Framework, input)))
            .Where(row => string.IsNullOrEmpty(request.Indicator) || row.Indicator == request.Indicator)
            .Where(row => string.IsNullOrEmpty(request.ServiceDomain) || catalogue.Indicators[row.Indicator].ServiceDomain == request.ServiceDomain)
            .ToList();
        return rows.Count > 0 ? rows
            : [Nothing(organisation, request, found.Count == 0 ? BoardWords.NobodyJudges(organisation, request.Framework) : "Nobody could state a figure of it.")];
    }

    private static IEnumerable<IndicatorReading> InputsOf(EscalationReading reading) =>
        reading.Contributions.Select(part => part.Reading).Concat(reading.Missing).Concat(reading.NotApplicable);

    private IEnumerable<FigureRow> RowsOf(Framework framework, IndicatorReading input) =>
    [
        .. input.Contributors.SelectMany(contributor => contributor.Statements).DistinctBy(statement => (statement.Series, statement.Period)).Select(statement => Stated(framework, input, statement)),
        .. input.Silent.Where(input.HasLapsed).Select(code => Lacking(framework, input, code, "silent", "Nothing is stated for the period.")),
        .. input.Closed.Select(code => Lacking(framework, input, code, "closed", "Its service is closed: nothing is due.")),
        .. input.Incomplete.Select(incomplete => Lacking(
            framework, input, incomplete.Organisation, "incomplete",
            "Lacks " + string.Join(", ", incomplete.Missing.Select(missing => $"{missing.Metric} ({missing.Absence?.ToText() ?? "not stated"})")))),
        .. input.Silent.Where(code => !input.HasLapsed(code)).Select(code => Lacking(framework, input, code, "never stated", "By its kind it could state it; it has not for a year.")),
    ];

    private FigureRow Stated(Framework framework, IndicatorReading input, RecordedStatement statement)
    {
        var unit = catalogue.Metrics.GetValueOrDefault(statement.Series.Metric)?.Unit ?? "";
        var number = statement.Figure.TryGetNumber(out var found) ? found : (double?)null;
        return Lacking(framework, input, statement.Series.Organisation, "stated", number is { } value ? BoardWords.Value(value, unit) : statement.Figure.Absence?.ToText() ?? "") with
        {
            Metric = statement.Series.Metric.ToString(),
            Value = number,
            Unit = unit,
            PeriodStart = statement.Period.Start,
            PeriodEnd = statement.Period.End,
            RecordedAt = statement.RecordedAt,
            Publication = statement.Publication.ToString(),
            Row = statement.Row,
            Link = QueryHelpers.AddQueryString($"{ApiSetup.Root}/observations", new Dictionary<string, string?>
            {
                ["metric"] = statement.Series.Metric.ToString(),
                ["organisation"] = statement.Series.Organisation.ToString(),
                ["from"] = ApiJson.ToText(statement.Period.Start),
                ["to"] = ApiJson.ToText(statement.Period.End),
            }),
        };
    }

    private FigureRow Lacking(Framework framework, IndicatorReading input, OrganisationCode code, string state, string text) => new(
        input.Indicator.Key,
        input.Indicator.Name,
        framework.Key,
        code.ToString(),
        catalogue.Organisations.Find(code)?.Name ?? code.ToString(),
        BoardWords.Simulated(catalogue.IsSimulated(code)),
        BoardWords.None,
        state,
        text,
        Value: null,
        BoardWords.None,
        PeriodStart: null,
        PeriodEnd: null,
        RecordedAt: null,
        BoardWords.None,
        Row: null,
        $"{ApiSetup.Root}/observations/latest?organisation={code}");

    private static FigureRow Nothing(Organisation organisation, InputBoardRequest request, string why) => new(
        request.Indicator is { Length: > 0 } indicator ? indicator : BoardWords.None, BoardWords.None, request.Framework ?? BoardWords.None,
        organisation.Code.ToString(), organisation.Name, BoardWords.Simulated(organisation.Simulated), BoardWords.None, BoardWords.NotJudged, why,
        null, BoardWords.None, null, null, null, BoardWords.None, null, $"{ApiSetup.Root}/organisations/{organisation.Code}");
}
