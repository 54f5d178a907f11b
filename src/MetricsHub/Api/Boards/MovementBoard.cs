using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Api.Boards;

/// <summary>What moved the level: its inputs at an instant beside those of the slot before the shown level came.</summary>
internal sealed class MovementBoard(HubCatalogue catalogue, BoardReadings readings)
{
    public async Task<IReadOnlyList<MovementRow>> ReadAsync(Organisation organisation, string? framework, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var rows = new List<MovementRow>();
        foreach (var found in await readings.ReadAsync(organisation, framework, at, cancellationToken))
        {
            var (reading, key) = (found.Reading, found.Reading.Framework.Key);
            if (found.Shown.Level == 0)
            {
                rows.Add(Nothing(key, "There never was a level: there is nothing to compare with.", comparedWith: null));
                continue;
            }

            var before = SlotBefore(reading.Framework, found.Shown.Since);
            var compared = await readings.ReadAsync(organisation, key, before, cancellationToken);
            var moved = compared.SelectMany(one => MovedInputItem.Between(one.Reading, reading).Where(IsMove).Select(move => ToRow(move, one.Reading, reading))).ToList();
            rows.AddRange(moved.Count > 0 ? moved : [Nothing(key, "No input scores otherwise than before the level came.", before)]);
        }

        return rows.Count > 0 ? rows : [Nothing(framework ?? BoardWords.None, BoardWords.NobodyJudges(organisation, framework), comparedWith: null)];
    }

    private static DateTimeOffset SlotBefore(Framework framework, DateTimeOffset since) =>
        Grid.Previous(framework.Grid, Grid.PeriodClosedBy(framework.Grid, since)).End;

    /// <summary>A value that moved within its band moved nothing.</summary>
    private static bool IsMove(MovedInputItem moved) => moved.Before?.State != moved.After?.State || moved.Before?.Points != moved.After?.Points;

    private MovementRow ToRow(MovedInputItem moved, EscalationReading before, EscalationReading after)
    {
        var indicator = catalogue.Indicators[moved.Indicator];
        return new MovementRow(
            indicator.Key,
            indicator.Name,
            after.Framework.Key,
            catalogue.ServiceDomain(indicator.ServiceDomain),
            (moved.Before?.State, moved.After?.State) switch
            {
                (_, "missing") => "became missing",
                (_, "not-applicable") => "became not applicable",
                ("present", _) => "moved",
                _ => "came back",
            },
            TextOf(moved.Before, before),
            TextOf(moved.After, after),
            (double?)moved.Before?.Points,
            (double?)moved.After?.Points,
            before.At);
    }

    private static string TextOf(SideInputItem? input, EscalationReading reading) => input switch
    {
        { Value: { } value } => BoardWords.Value(value, input.Unit),
        { State: "missing" } => $"missing: {reading.Missing.First(missing => missing.Indicator.Key == input.Indicator).Value.Absence!.Value.ToText()}",
        { } => input.State,
        null => "not scored",
    };

    private static MovementRow Nothing(string framework, string text, DateTimeOffset? comparedWith) =>
        new(BoardWords.None, text, framework, BoardWords.None, BoardWords.None, "", "", null, null, comparedWith);
}
