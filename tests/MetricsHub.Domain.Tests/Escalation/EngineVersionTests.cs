using System.Globalization;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Time;
using Xunit;
using static MetricsHub.Domain.Tests.SmallSystem;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>Pins what each version of the arithmetic makes of fixed figures: levels, bounds, scores and shown levels, slot by slot.</summary>
public sealed class EngineVersionTests
{
    private static readonly string[] Stated = ["ed-seen", "ed-breaches", "utc-seen", "utc-breaches"];

    private static readonly Framework[] Pinned =
    [
        TwoInputs,
        TwoInputs with
        {
            Key = "patient",
            Scoring = TwoInputs.Scoring with { Mode = ScoringMode.Sum, Rounding = Rounding.HalfUp },
            Parameters =
            [
                TwoInputs.Parameters[0] with { Weight = new ParameterWeight(1.25m, Provenance.LocalPlaceholder, "test") },
                TwoInputs.Parameters[1] with { MaximumAge = new MaximumAge(TimeSpan.FromDays(70), Provenance.LocalPlaceholder, "test") },
            ],
            Levels = [.. TwoInputs.Levels.Zip(["[0, 2)", "[2, 3)", "[3, 5)", "[5, 6.75]"], (cut, range) => cut with { Range = Frameworks.Parse(range) })],
            MissingData = TwoInputs.MissingData with { MinimumIndicators = 1, MinimumServiceDomains = 1, MinimumObservablePercent = 40 },
            Hysteresis = TwoInputs.Hysteresis with { Margin = 0.25m, Slots = 2 },
        },
    ];

    [Fact]
    public void Levels_OfFixedFigures_AreThoseOfThisEngineVersion()
    {
        var file = $"{EngineVersion.Current}.levels.csv";
        var pinned = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Escalation", "cases", "engine", file));

        var made = Make().ToArray();

        Assert.True(pinned.SequenceEqual(made), $"""
            The arithmetic comes to other levels than engine version {EngineVersion.Current} did ({file}). If that is meant, raise EngineVersion.Current
            and keep what it makes now beside the old file; never change a file of a version that was released. Made now:
            {string.Join('\n', made)}
            """);
    }

    [Fact]
    public void Levels_OfEveryEngineVersion_AreOthers()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Escalation", "cases", "engine"), "*.levels.csv");

        Assert.Equal(int.Parse(EngineVersion.Current, NumberStyles.None, CultureInfo.InvariantCulture), files.Length);
        Assert.Equal(files.Length, files.Select(File.ReadAllText).Distinct().Count());
    }

    private static IEnumerable<string> Make()
    {
        var months = Enumerable.Range(0, 48).Select(index => LondonCalendar.Month(2023 + (index / 12), (index % 12) + 1)).ToArray();
        var statements = new StatementSet(Figures(months));
        yield return "framework,organisation,slot,why,level,lowest,highest,score,worst,points,available,applicable,shown,status,since,calm,fallsTo,without";
        foreach (var framework in Pinned)
        {
            foreach (var organisation in new[] { Sys, NewSystem, P1 })
            {
                var outcomes = new ShownOutcome[months.Length];
                SmallSystem.Escalation.Evaluate(framework, organisation, months, statements.ColumnOf, outcomes);
                foreach (var (at, outcome, shown) in outcomes)
                {
                    yield return string.Create(CultureInfo.InvariantCulture,
                        $"{framework.Key},{organisation},{at:yyyy-MM-dd},{outcome.Why},{outcome.Level},{outcome.LowestLevel},{outcome.HighestLevel},{outcome.Score:0.######},{outcome.WorstScore:0.######},{outcome.Points:0.##},{outcome.Available:0.##},{outcome.Applicable:0.##},{shown.Level},{shown.Status},{shown.Since:yyyy-MM-dd},{shown.CalmSlots},{shown.FallsTo},{shown.SlotsWithoutLevel}");
                }
            }
        }
    }

    /// <summary>Numbers, absences and silence, drawn by a generator that is written down here: no library's may change them.</summary>
    private static IEnumerable<RecordedStatement> Figures(Period[] months)
    {
        var state = 20_261_122u;
        foreach (var (month, organisation, metric) in
            from month in months from organisation in new[] { P1, P2 } from metric in Stated select (month, organisation, metric))
        {
            var drawn = Draw(100);
            var number = metric.EndsWith("seen", StringComparison.Ordinal) ? 60 + Draw(200) : Draw(60);
            if (drawn < 92)
            {
                yield return State(metric, organisation, month, drawn < 86 ? Figure.Of(number) : Figure.Absent((AbsenceCode)(1 + (drawn % 7))));
            }
        }

        int Draw(uint below)
        {
            state = (1_664_525 * state) + 1_013_904_223;
            return (int)((state >> 8) % below);
        }
    }
}
