using System.Numerics;

namespace MetricsHub.Domain.Escalation;

/// <summary>A framework's arithmetic, made ready: inputs in, score, level and bounds out. Allocates nothing.</summary>
/// <remarks>
/// Both modes are one: points over what could have been scored, times the full scale (100, or all points). A missing input is out of
/// both for the level, and at 0 or at its maximum for the bounds.
/// </remarks>
public sealed class Scorer
{
    private const int MaximumPillars = 64;

    private readonly MissingDataPolicy policy;
    private readonly decimal minimumObservable;
    private readonly Interval[][] ranges;
    private readonly decimal[][] points;
    private readonly decimal[] maximum;
    private readonly int[] pillarOf;

    /// <param name="serviceDomainOf">The service domain of an indicator, by its key.</param>
    /// <exception cref="ArgumentException">The framework's indicators are of more than 64 service domains.</exception>
    public Scorer(Framework framework, Func<string, string> serviceDomainOf)
    {
        Framework = framework;
        Scale = new LevelScale(framework);
        policy = framework.MissingData;
        minimumObservable = (decimal)policy.MinimumObservablePercent;
        ranges = [.. framework.Parameters.Select(parameter => parameter.Bands.Select(band => band.Range).ToArray())];
        points = [.. framework.Parameters.Select(parameter => parameter.Bands.Select(parameter.PointsOf).ToArray())];
        maximum = [.. framework.Parameters.Select(parameter => parameter.MaximumPoints)];
        Pillars = [.. framework.Parameters.Select(parameter => serviceDomainOf(parameter.Indicator)).Distinct()];
        pillarOf = [.. framework.Parameters.Select(parameter => Pillars.Index().First(pillar => pillar.Item == serviceDomainOf(parameter.Indicator)).Index)];
        if (Pillars.Count > MaximumPillars)
        {
            throw new ArgumentException($"{framework.Key} has {Pillars.Count} service domains; at most {MaximumPillars} are scored.", nameof(framework));
        }
    }

    public Framework Framework { get; }

    public LevelScale Scale { get; }

    /// <summary>The service domains of the parameters, in order of first mention.</summary>
    public IReadOnlyList<string> Pillars { get; }

    /// <summary>The service domain of a parameter, as a position in <see cref="Pillars"/>.</summary>
    public int PillarOf(int parameter) => pillarOf[parameter];

    /// <summary>An input with a value.</summary>
    /// <param name="parameter">Its position among the framework's parameters.</param>
    public InputState Read(int parameter, double value)
    {
        var bands = ranges[parameter];
        for (var band = 0; band < bands.Length; band++)
        {
            if (bands[band].Contains(value))
            {
                return new InputState(InputStatus.Present, band, value);
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"No band of {Framework.Parameters[parameter].Indicator} holds it.");
    }

    public decimal PointsOf(int parameter, int band) => points[parameter][band];

    /// <summary>What the framework makes of a slot.</summary>
    /// <param name="inputs">One for each parameter, in their order.</param>
    public SlotOutcome Score(ReadOnlySpan<InputState> inputs) => Score(inputs, pillar: null);

    /// <summary>What one pillar is on its own, by the same cuts: it never disappears in the sum. How many inputs it has is not judged.</summary>
    public SlotOutcome ScorePillar(ReadOnlySpan<InputState> inputs, int pillar) => Score(inputs, pillar);

    private SlotOutcome Score(ReadOnlySpan<InputState> inputs, int? pillar)
    {
        var (scored, available, applicable) = (0m, 0m, 0m);
        var (indicators, domains) = (0, 0UL);
        for (var i = 0; i < inputs.Length; i++)
        {
            if ((pillar is { } only && pillarOf[i] != only) || inputs[i].Status == InputStatus.NotApplicable)
            {
                continue;
            }

            applicable += maximum[i];
            if (inputs[i].Status == InputStatus.Present)
            {
                scored += points[i][inputs[i].Band];
                available += maximum[i];
                indicators++;
                domains |= 1UL << pillarOf[i];
            }
        }

        var served = BitOperations.PopCount(domains);
        var why = pillar is null && indicators < policy.MinimumIndicators ? NoLevel.TooFewIndicators
            : pillar is null && served < policy.MinimumServiceDomains ? NoLevel.TooFewServiceDomains
            : available == 0 || 100 * available / applicable < minimumObservable ? NoLevel.TooFewPoints
            : NoLevel.None;
        var score = available > 0 ? Scale.ScoreOf(scored, available) : 0;
        var best = applicable > 0 ? Scale.ScoreOf(scored, applicable) : 0;
        var worst = applicable > 0 ? Scale.ScoreOf(scored + applicable - available, applicable) : Scale.FullScale;
        return new SlotOutcome(
            why, (byte)(why == NoLevel.None ? Scale.LevelOf(score) : 0), (byte)Scale.LevelOf(best), (byte)Scale.LevelOf(worst),
            (byte)indicators, (byte)served, score, worst, scored, available, applicable);
    }
}
