using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Time;
using MetricsHub.Sources.Tables;

namespace MetricsHub.Sources.Pushes;

/// <summary>The times of one push's rows, each read once: rows by the thousand share a few, and to read one takes longer than all else of a row.</summary>
internal sealed class TimesRead
{
    private readonly Dictionary<(PushedTime Time, Cadence Cadence, MeasureKind Measure), (string? Problem, Period Period, DateTimeOffset StatedAt)> known = [];

    /// <inheritdoc cref="PushedTime.Read"/>
    public string? Read(PushedTime time, TableFigure figure, out Period period, out DateTimeOffset statedAt)
    {
        var key = (time, figure.Cadence, figure.Measure);
        if (!known.TryGetValue(key, out var read))
        {
            read.Problem = time.Read(figure, out read.Period, out read.StatedAt);
            known.Add(key, read);
        }

        (period, statedAt) = (read.Period, read.StatedAt);
        return read.Problem;
    }
}
