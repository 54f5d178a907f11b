using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Publications;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;
using MetricsHub.Storage;
using MetricsHub.Tests.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace MetricsHub.Tests.Winter;

/// <summary>
/// Winter 2022-23 once more, day by day: on the morning after each day its two workbooks are there, the hub collects them as it
/// collects everything, its clock says that morning, and every trust and system is read as it is known then.
/// </summary>
internal sealed class WinterDayByDay(TestHub hub, WinterSitreps sitreps)
{
    public const string Local = "winter-sitrep-local";
    public const string National = "opel-acute-2023-24";

    private static readonly SourceKey Daily = new("nhs-england-uec-daily-sitrep");
    private static readonly SourceKey Handovers = new("nhs-england-ambulance-handover");

    private readonly List<ShownReading> readings = [];

    public WinterTally Trusts { get; } = new();

    public WinterTally Systems { get; } = new();

    /// <summary>The trusts' days under the national framework.</summary>
    public WinterTally TrustsNationally { get; } = new();

    /// <summary>What the hub refused of the sitreps: figures that cannot be.</summary>
    public IReadOnlyList<Rejection> Rejections { get; private set; } = [];

    /// <summary>Readings that were others when they were read again after the winter.</summary>
    public int ReadOtherwiseLater { get; private set; }

    /// <summary>
    /// What it changes of the catalogue. The national framework began in August 2023 and judges live feeds: here it judges from
    /// November 2022, and takes the one of its nine parameters that the sitrep states, the occupancy of beds, from there.
    /// </summary>
    public static void Change(CatalogueFolder catalogue)
    {
        catalogue.Replace($"frameworks/{National}.yaml", "validFrom: 2023-08-01", "validFrom: 2022-11-01");
        catalogue.Replace("indicators.yaml", "numerator: [acute-beds-occupied-now]", "numerator: [adult-general-acute-beds-occupied]");
        catalogue.Replace("indicators.yaml", "denominator: [acute-beds-open-now]", "denominator: [adult-general-acute-beds-open]");
    }

    public async Task RunAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellationToken)
    {
        foreach (var day in days)
        {
            hub.Clock.AdjustTime(LondonCalendar.StartOf(day.AddDays(1)).AddHours(9.5));
            hub.Drop(Daily, $"made-here-daily-{day:yyyy-MM-dd}.xlsx", sitreps.Daily(day));
            hub.Drop(Handovers, $"made-here-handovers-{day:yyyy-MM-dd}.xlsx", sitreps.Handovers(day));
            await CollectAsync(Daily, cancellationToken);
            await CollectAsync(Handovers, cancellationToken);
            await ReadAsync(day, cancellationToken);
        }

        await ReadAgainAsync(days, cancellationToken);
        Rejections = [.. (await hub.Ledger.ListRejectionsAsync(null, null, null, int.MaxValue, cancellationToken)).Select(found => found.Rejection)];
    }

    private async Task CollectAsync(SourceKey source, CancellationToken cancellationToken)
    {
        if (await hub.Collector.CollectAsync(source, cancellationToken) is { Outcome: not RunOutcome.Succeeded, Message: var message })
        {
            throw new InvalidOperationException($"{source} was not collected: {message}");
        }
    }

    private async Task ReadAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var at = LondonCalendar.StartOf(day.AddDays(1));
        var trusts = sitreps.Codes.Select(code => hub.Catalogue.Organisations.Find(new OrganisationCode(code))!).ToList();
        foreach (var organisation in trusts.Concat(SystemsOf(trusts, day)))
        {
            foreach (var found in await hub.Escalation.ReadAsync(organisation, at, asOf: null, cancellationToken))
            {
                var reading = new ShownReading(found.Reading, found.Shown);
                if (TallyOf(organisation, found.Reading.Framework.Key) is { } tally)
                {
                    tally.Add(reading);
                    readings.Add(reading);
                }
            }
        }
    }

    private WinterTally? TallyOf(Organisation organisation, string framework) => (framework, organisation.Kind) switch
    {
        (Local, OrganisationKind.Provider) => Trusts,
        (Local, OrganisationKind.System) => Systems,
        (National, OrganisationKind.Provider) => TrustsNationally,
        _ => null,
    };

    /// <summary>The systems that one of the trusts belonged to on the day.</summary>
    private IEnumerable<Organisation> SystemsOf(List<Organisation> trusts, DateOnly day) => hub.Catalogue.Organisations.All
        .Where(system => system.Kind == OrganisationKind.System && hub.Catalogue.Organisations.DescendantsOf(system.Code, day).Intersect(trusts).Any());

    /// <summary>A level must not depend on when it was looked at: the whole winter once more, each organisation in one go.</summary>
    private async Task ReadAgainAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellationToken)
    {
        var (from, to) = (LondonCalendar.StartOf(days[0]), LondonCalendar.StartOf(days[^1].AddDays(1)));
        foreach (var known in readings.Where(found => found.Reading.Framework.Key == Local).GroupBy(found => found.Reading.Organisation))
        {
            var (organisation, framework) = (hub.Catalogue.Organisations.Find(known.Key)!, known.First().Reading.Framework);
            var later = (await hub.Services.GetRequiredService<LevelHistory>().ReadAsync(framework, organisation, from, to, step: null, asOf: null, cancellationToken))
                .ToDictionary(found => found.At);
            ReadOtherwiseLater += known.Count(then => then.Reading.Outcome != later[then.Reading.At].Outcome || then.Shown != later[then.Reading.At].Shown);
        }
    }
}
