using MetricsHub.Catalogue;
using MetricsHub.Domain.Levels;
using MetricsHub.Escalation;

namespace MetricsHub.Api;

/// <summary>Whether a level still tells anything.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts: the first slot is the one that holds it.</param>
/// <param name="To">Where it ends.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="Rules">What it is held to.</param>
/// <param name="Items">One for each version of the framework that judged within the time, oldest first: they are never told as one.</param>
/// <param name="Next">Always null: the report comes in one piece.</param>
internal sealed record LevelHealthAnswer(
    OrganisationName Organisation,
    string Framework,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset AsOf,
    LevelHealthRulesItem Rules,
    IReadOnlyList<LevelHealthItem> Items,
    string? Next);

/// <summary>What the health of a level is held to.</summary>
/// <param name="ChatterStartsAt">The flap score, 0 to 100, from which on a level chatters.</param>
/// <param name="ChatterEndsAt">The one down to which it goes on doing so.</param>
/// <param name="ChatterProvenance">Where both come from: quoted, derived, inferred, memory or local-placeholder.</param>
/// <param name="WorstBandPercent">From which share of the time on an input that was in its worst band stands still. So with the next three.</param>
/// <param name="BestBandPercent">The share in its best band.</param>
/// <param name="MissingPercent">The share in which it, or the level, was not there.</param>
/// <param name="LevelPercent">The share at one level.</param>
/// <param name="LeastReadings">With fewer readings nothing is said.</param>
/// <param name="StandingProvenance">Where the five come from.</param>
internal sealed record LevelHealthRulesItem(
    double ChatterStartsAt, double ChatterEndsAt, string ChatterProvenance,
    double WorstBandPercent, double BestBandPercent, double MissingPercent, double LevelPercent, int LeastReadings, string StandingProvenance)
{
    public static LevelHealthRulesItem Of(LevelHealthRules rules) => new(
        rules.Chatter.StartsAt, rules.Chatter.EndsAt, rules.Chatter.Provenance.ToWord(),
        rules.Standing.WorstBandPercent, rules.Standing.BestBandPercent, rules.Standing.MissingPercent, rules.Standing.LevelPercent,
        rules.Standing.LeastReadings, rules.Standing.Provenance.ToWord());
}

/// <summary>The health of a level under one version of its framework.</summary>
/// <param name="FrameworkVersion">The version.</param>
/// <param name="Readings">How many slots it judged within the time.</param>
/// <param name="Seconds">Their length together: what all shares are shares of.</param>
/// <param name="Calculated">Levels 1 to 4 and not-calculated; together all of the time.</param>
/// <param name="Shown">Levels 1 to 4 (held ones among them), unknown and never-known; together all of the time.</param>
/// <param name="HeldPercent">The share in which a level was shown and the slot itself had none.</param>
/// <param name="UncertainPercent">The share in which the bounds did not agree.</param>
/// <param name="CalculatedChatter">How much the calculated level chatters; having none is a state of its own.</param>
/// <param name="ShownChatter">How much the shown level chatters.</param>
/// <param name="Indicators">Its inputs, in the order of the framework.</param>
/// <param name="Findings">What stood still, in words; empty where nothing did, or where there are too few readings to say so.</param>
internal sealed record LevelHealthItem(
    string FrameworkVersion,
    int Readings,
    long Seconds,
    IReadOnlyList<ShareItem> Calculated,
    IReadOnlyList<ShareItem> Shown,
    double HeldPercent,
    double UncertainPercent,
    ChatterItem CalculatedChatter,
    ChatterItem ShownChatter,
    IReadOnlyList<InputHealthItem> Indicators,
    IReadOnlyList<FindingItem> Findings)
{
    public static LevelHealthItem Of(VersionHealth found, HubCatalogue catalogue)
    {
        var health = found.Health;
        return new LevelHealthItem(
            found.Framework.Version,
            health.Readings,
            (long)health.Time.TotalSeconds,
            [.. health.Calculated.Select((share, index) => ShareItem.Of($"{index + 1}", share)), ShareItem.Of("not-calculated", health.NotCalculated)],
            [
                .. health.Shown.Select((share, index) => ShareItem.Of($"{index + 1}", share)),
                ShareItem.Of("unknown", health.Unknown),
                ShareItem.Of("never-known", health.NeverKnown),
            ],
            health.Held.Percent,
            health.Uncertain.Percent,
            ChatterItem.Of(found.Calculated, health.Readings),
            ChatterItem.Of(found.Shown, health.Readings),
            [.. health.Inputs.Select(input => InputHealthItem.Of(input, catalogue.Indicators[input.Parameter.Indicator].Name))],
            [.. found.Findings.Select(finding => new FindingItem(finding.Indicator, finding.Kind.ToWord(), finding.Share.Percent, finding.Text))]);
    }
}

/// <summary>A share of the time.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Percent">The share, in percent.</param>
internal sealed record ShareItem(string Name, long Seconds, double Percent)
{
    public static ShareItem Of(string name, TimeShare share) => new(name, (long)share.Time.TotalSeconds, share.Percent);
}

/// <summary>How much a level chatters: its flap score is the share of transitions among the last 21 readings, new ones weighing more.</summary>
/// <param name="FlapScore">Of the last 21 readings, 0 to 100; null where there are fewer.</param>
/// <param name="MaximumFlapScore">The highest within the time; null where there never were enough readings.</param>
/// <param name="Chattering">Whether it chatters now: from the upper threshold on, until the score is at or below the lower one.</param>
/// <param name="ChatteringPercent">The share of the readings at which it chattered.</param>
internal sealed record ChatterItem(double? FlapScore, double? MaximumFlapScore, bool Chattering, double ChatteringPercent)
{
    public static ChatterItem Of(Chatter chatter, int readings) =>
        new(chatter.Last, chatter.Maximum, chatter.IsChattering, readings > 0 ? 100.0 * chatter.Readings / readings : 0);
}

/// <summary>Whether an input tells anything.</summary>
/// <param name="Indicator">The indicator's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Bands">The time in each band, named by its range, and missing and not-applicable; together all of the time.</param>
/// <param name="WorstBandPercent">The share in the bands that score the most.</param>
/// <param name="BestBandPercent">The share in the bands that score nothing.</param>
/// <param name="MissingPercent">The share in which it should have been there and was not.</param>
internal sealed record InputHealthItem(
    string Indicator, string Name, IReadOnlyList<ShareItem> Bands, double WorstBandPercent, double BestBandPercent, double MissingPercent)
{
    public static InputHealthItem Of(InputHealth input, string name) => new(
        input.Parameter.Indicator,
        name,
        [
            .. input.Parameter.Bands.Zip(input.Bands, (band, share) => ShareItem.Of(band.Range.ToString(), share)),
            ShareItem.Of("missing", input.Missing),
            ShareItem.Of("not-applicable", input.NotApplicable),
        ],
        input.Worst.Percent,
        input.Best.Percent,
        input.Missing.Percent);
}

/// <summary>Something that stood still.</summary>
/// <param name="Indicator">The indicator's key; null for the level itself.</param>
/// <param name="Kind">level, worst-band, best-band or missing.</param>
/// <param name="Percent">The share of the time, in percent.</param>
/// <param name="Text">A sentence for a reader.</param>
internal sealed record FindingItem(string? Indicator, string Kind, double Percent, string Text);
