using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Benchmarks.Peers;

/// <summary>How a peer takes a percentile; the three differ by definition, so each is held to its own.</summary>
internal enum Percentile
{
    /// <summary>The smallest figure that at least 95 % do not exceed.</summary>
    NearestRank,

    /// <summary>The figure at the rank rounded half up, as InfluxDB has it.</summary>
    RoundedRank,

    /// <summary>Between two figures, as VictoriaMetrics has it.</summary>
    Interpolated,
}

/// <summary>
/// An answer as numbers, series by series and step by step, NaN where there is none; read from what a peer sent, or worked out here from
/// the points themselves.
/// </summary>
internal sealed class Answer
{
    private const double Tolerance = 1e-9;

    private readonly Question question;
    private readonly Dictionary<SeriesKey, int> places;
    private readonly double[] numbers;
    private readonly int steps;

    public Answer(Question question)
    {
        this.question = question;
        places = question.Keys.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

        // A year of days of London's has one more than one of UTC's where it begins in summer.
        steps = (int)Math.Round((question.To - question.From) / question.Step) + 1;
        numbers = new double[places.Count * steps];
        Array.Fill(numbers, double.NaN);
    }

    /// <summary>Enters a number of a step. A step starts within an hour of where it would in UTC.</summary>
    public void Enter(SeriesKey series, DateTimeOffset stepStart, double number)
    {
        ref var entry = ref numbers[(places[series] * steps) + (int)Math.Round((stepStart - question.From) / question.Step)];
        entry = double.IsNaN(entry) ? number : throw new InvalidOperationException($"{question.Name}: {series} has two numbers at {stepStart:O}.");
    }

    /// <param name="londonDays">Whether days are those of London, as the hub has them, or of UTC.</param>
    public static Answer Expected(Question question, bool londonDays, Percentile percentile)
    {
        var answer = new Answer(question);
        foreach (var (index, series) in question.Keys.Index())
        {
            var figures = Enumerable.Range(question.FirstTick, question.Points.Ticks - question.FirstTick)
                .Select(tick => (At: question.Points.TimeOf(tick), Number: Points.Number(question.FirstSeries + index, tick)));
            switch (question.Working)
            {
                case Working.Latest:
                    answer.Enter(series, question.From, figures.Last().Number);
                    break;
                case Working.Percentile95:
                    answer.Enter(series, question.From, Of(percentile, [.. figures.Select(figure => figure.Number)]));
                    break;
                default:
                    foreach (var step in figures.GroupBy(figure => StartOf(question, figure.At, londonDays)))
                    {
                        answer.Enter(series, step.Key, step.Average(figure => figure.Number));
                    }

                    break;
            }
        }

        return answer;
    }

    public static double Of(Percentile percentile, double[] figures)
    {
        Array.Sort(figures);
        var place = 0.95 * (figures.Length - 1);
        return percentile switch
        {
            Percentile.NearestRank => figures[(int)Math.Ceiling(0.95 * figures.Length) - 1],
            Percentile.RoundedRank => figures[(int)Math.Floor((0.95 * figures.Length) + 0.5) - 1],
            _ => figures[(int)place] + ((place - (int)place) * (figures[Math.Min((int)place + 1, figures.Length - 1)] - figures[(int)place])),
        };
    }

    /// <exception cref="InvalidOperationException">A number is another than expected, is missing or should be.</exception>
    public void MustBe(Answer expected, string peer)
    {
        for (var index = 0; index < numbers.Length; index++)
        {
            var (found, right) = (numbers[index], expected.numbers[index]);
            if (double.IsNaN(found) != double.IsNaN(right) || Math.Abs(found - right) > Tolerance * Math.Max(1, Math.Abs(right)))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{peer} answers {question.Name} wrongly: {found} instead of {right} for {question.Keys.ElementAt(index / steps)}, step {index % steps}."));
            }
        }
    }

    private static DateTimeOffset StartOf(Question question, DateTimeOffset at, bool londonDays) =>
        question.Working == Working.DailyMean && londonDays ? LondonCalendar.StartOf(LondonCalendar.DateOf(at)) : at.AddTicks(-((at - question.From).Ticks % question.Step.Ticks));
}
