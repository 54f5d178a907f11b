using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;

namespace MetricsHub.Tests.Winter;

/// <summary>What became of the days of many organisations under one framework: a column of the table.</summary>
internal sealed class WinterTally
{
    private readonly Dictionary<OrganisationCode, (int Calculated, int Shown)> last = [];
    private readonly int[] calculated = new int[LevelScale.Highest + 1];
    private readonly int[] shown = new int[LevelScale.Highest + 1];
    private readonly SortedDictionary<(decimal Available, decimal Applicable), int> observable = [];

    public int Days { get; private set; }

    public int Levelled { get; private set; }

    /// <summary>Days that would rest on fewer parameters than the framework asks for: counted, not levelled.</summary>
    public int TooFewParameters { get; private set; }

    /// <summary>Days without a level for another reason: too few points or service domains.</summary>
    public int OtherwiseWithout => Days - Levelled - TooFewParameters;

    /// <summary>Days with a level on which it is another than on the organisation's last such day.</summary>
    public int CalculatedChanges { get; private set; }

    /// <summary>The same of the shown level, on the same days.</summary>
    public int ShownChanges { get; private set; }

    /// <summary>Days on which the level shown is below the calculated one: an escalation delayed.</summary>
    public int Delayed { get; private set; }

    /// <summary>By how much fewer changes are shown than calculated, in percent of the calculated ones.</summary>
    public double RemovedPercent => 100.0 * (CalculatedChanges - ShownChanges) / CalculatedChanges;

    /// <summary>On how many days how many points of how many were observable.</summary>
    public IReadOnlyDictionary<(decimal Available, decimal Applicable), int> Observable => observable;

    public int DaysAt(int level) => calculated[level];

    public int DaysShownAt(int level) => shown[level];

    public void Add(ShownReading found)
    {
        var outcome = found.Reading.Outcome;
        Days++;
        observable[(outcome.Available, outcome.Applicable)] = observable.GetValueOrDefault((outcome.Available, outcome.Applicable)) + 1;
        TooFewParameters += outcome.Why == NoLevel.TooFewIndicators ? 1 : 0;
        if (!outcome.IsCalculated)
        {
            return;
        }

        Levelled++;
        calculated[outcome.Level]++;
        shown[found.Shown.Level]++;
        Delayed += found.Shown.Level < outcome.Level ? 1 : 0;
        if (last.TryGetValue(found.Reading.Organisation, out var before))
        {
            CalculatedChanges += before.Calculated != outcome.Level ? 1 : 0;
            ShownChanges += before.Shown != found.Shown.Level ? 1 : 0;
        }

        last[found.Reading.Organisation] = (outcome.Level, found.Shown.Level);
    }
}

/// <summary>A reading and the level shown at it.</summary>
internal sealed record ShownReading(EscalationReading Reading, ShownLevel Shown);
