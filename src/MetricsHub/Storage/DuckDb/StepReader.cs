using System.Data.Common;
using DuckDB.NET.Data;
using MetricsHub.Domain.Time;

namespace MetricsHub.Storage.DuckDb;

/// <summary>
/// Gathers numbers into steps, each stretch of time in the cheapest way that is right: whole steps of compacted months come from the
/// roll-ups, the rest from statements. A step that two stretches share is joined.
/// </summary>
internal sealed class StepReader(StoreView view, AggregateQuery query)
{
    private readonly SeriesGroups<StepAggregate> groups = new(view.Ids, view.Keys, view.SeriesCount);

    public IReadOnlyList<StepAggregate> Read(DuckDBConnection connection)
    {
        foreach (var stretch in view.Ids.Length == 0 ? [] : view.Stretches(query.From, query.To))
        {
            if (stretch.State == MonthState.Compacted)
            {
                var from = WholeStepFrom(stretch.From);
                var to = StartOfStep(stretch.To);
                if (from < to)
                {
                    ReadStatements(connection, stretch with { To = from });
                    ReadRollUp(connection, from, to);
                    ReadStatements(connection, stretch with { From = to });
                    continue;
                }
            }

            ReadStatements(connection, stretch);
        }

        var steps = new List<StepAggregate>();
        groups.AppendTo(steps);
        return steps;
    }

    private void ReadRollUp(DuckDBConnection connection, DateTimeOffset from, DateTimeOffset to)
    {
        var condition = $"{StatementSql.OfSeries(view.Ids, view.SeriesCount)} AND {StatementSql.InRange("step_start", from, to)}";
        ReadSteps(connection, query.Step switch
        {
            Step.Hour => $"rollup_hour WHERE {condition}",
            Step.Day => $"rollup_day WHERE {condition}",
            _ => $"({StatementSql.Longer($"SELECT * FROM rollup_day WHERE {condition}", StatementSql.LondonMonth)}) AS steps",
        });
    }

    private void ReadStatements(DuckDBConnection connection, Stretch stretch)
    {
        if (stretch.From >= stretch.To)
        {
            return;
        }

        var condition = $"{StatementSql.OfSeries(view.Ids, view.SeriesCount)} AND {StatementSql.InRange("period_start", stretch.From, stretch.To)}";
        var hourly = StatementSql.Hourly(StatementSql.Current(condition, view.Version, stretch.State));
        var steps = query.Step switch
        {
            Step.Hour => hourly,
            Step.Day => StatementSql.Longer(hourly, StatementSql.LondonDay),
            _ => StatementSql.Longer(hourly, StatementSql.LondonMonth),
        };
        ReadSteps(connection, $"({steps}) AS steps");
    }

    private void ReadSteps(DuckDBConnection connection, string steps)
    {
        using var command = connection.Command(
            $"SELECT series_id, epoch_us(step_start), numbers, absences, total, minimum, maximum, last FROM {steps}");
        using var row = command.ExecuteReader();
        if (row.Read())
        {
            var group = groups.Of(row.GetInt32(0));
            do
            {
                var series = row.GetInt32(0);
                group = group.Id == series ? group : groups.Of(series);
                group.Rows.Add(ReadStep(row, group));
            }
            while (row.Read());
        }

        groups.EndPiece(static (left, right) => left.StepStart.CompareTo(right.StepStart), Join);
    }

    private static StepAggregate ReadStep(DbDataReader row, SeriesGroups<StepAggregate>.Group group)
    {
        var start = StoreTime.FromMicroseconds(row.GetInt64(1));
        var count = row.GetInt32(2);
        return count == 0
            ? new StepAggregate(group.Series, start, 0, row.GetInt32(3), 0, 0, 0, 0)
            : new StepAggregate(
                group.Series, start, count, row.GetInt32(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6), row.GetDouble(7));
    }

    private static StepAggregate? Join(StepAggregate earlier, StepAggregate later)
    {
        if (earlier.StepStart != later.StepStart)
        {
            return null;
        }

        if (earlier.Count == 0 || later.Count == 0)
        {
            return (earlier.Count == 0 ? later : earlier) with { Absences = earlier.Absences + later.Absences };
        }

        return later with
        {
            Count = earlier.Count + later.Count,
            Absences = earlier.Absences + later.Absences,
            Sum = earlier.Sum + later.Sum,
            Minimum = Math.Min(earlier.Minimum, later.Minimum),
            Maximum = Math.Max(earlier.Maximum, later.Maximum),
        };
    }

    // A month is gathered from days: what has to be whole is the day.
    private DateTimeOffset WholeStepFrom(DateTimeOffset from)
    {
        var start = StartOfStep(from);
        if (start == from)
        {
            return from;
        }

        return query.Step == Step.Hour ? start.AddHours(1) : LondonCalendar.StartOf(LondonCalendar.DateOf(from).AddDays(1));
    }

    private DateTimeOffset StartOfStep(DateTimeOffset instant) => query.Step == Step.Hour
        ? instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerHour))
        : LondonCalendar.StartOf(LondonCalendar.DateOf(instant));
}
