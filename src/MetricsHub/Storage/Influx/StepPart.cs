using MetricsHub.Domain.Observations;

namespace MetricsHub.Storage.Influx;

/// <summary>What one statement, or InfluxDB's summary of some, brings to a step. The four figures mean nothing where <see cref="Numbers"/> is 0.</summary>
/// <param name="Start">Of the period, or of the first hour or day that was summed up.</param>
internal readonly record struct StepPart(
    SeriesKey Series, DateTimeOffset Start, int Numbers, int Absences, double Sum, double Minimum, double Maximum, double Last, DateTimeOffset End = default)
{
    public static StepPart Of(StatementRow row) => row.Figure.TryGetNumber(out var number)
        ? new StepPart(row.Series, row.Period.Start, 1, 0, number, number, number, number, row.Period.End)
        : new StepPart(row.Series, row.Period.Start, 0, 1, 0, 0, 0, 0, row.Period.End);

    public static StepAggregate Join(SeriesKey series, DateTimeOffset start, List<StepPart> parts)
    {
        var absences = parts.Sum(part => part.Absences);
        var numbers = parts.FindAll(part => part.Numbers > 0);
        return numbers.Count == 0
            ? new StepAggregate(series, start, 0, absences, 0, 0, 0, 0)
            : new StepAggregate(
                series,
                start,
                numbers.Sum(part => part.Numbers),
                absences,
                numbers.Sum(part => part.Sum),
                numbers.Min(part => part.Minimum),
                numbers.Max(part => part.Maximum),
                numbers.MaxBy(part => (part.Start, part.End)).Last);
    }
}
