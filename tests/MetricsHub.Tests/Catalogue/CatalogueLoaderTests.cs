using MetricsHub.Catalogue;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Sources;
using MetricsHub.Tests.Api;
using Xunit;

namespace MetricsHub.Tests.Catalogue;

public sealed class CatalogueLoaderTests : IDisposable
{
    private const string Framework = "frameworks/access-published-monthly.yaml";
    private const string Checks = "checks.yaml";
    private const string Dental = "sources/nhsbsa-dental-activity.yaml";
    private const string Source = "sources/nhs-england-ae-monthly.yaml";

    private readonly CatalogueFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("2024-06-30", 42)]
    [InlineData("2026-03-31", 42)]
    [InlineData("2026-04-01", 36)]
    [InlineData("2026-11-22", 36)]
    public void Load_RealCatalogue_HasTheSystemsOfTheDateEachWithARegion(string date, int count)
    {
        var on = DateOnly.ParseExact(date, "yyyy-MM-dd", null);
        var tree = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys).Organisations;

        var systems = tree.All.Where(organisation => organisation.Kind == OrganisationKind.System && organisation.Valid.Contains(on)).ToList();

        Assert.Equal(count, systems.Count);
        Assert.All(systems, system => Assert.Equal(OrganisationKind.Region, tree.Find(tree.ParentOf(system.Code, on)!.Parent)!.Kind));
    }

    [Theory]
    [InlineData("2022-06-30", 0, 0)]
    [InlineData("2024-06-30", 106, 42)]
    [InlineData("2026-03-31", 106, 42)]
    [InlineData("2026-04-01", 106, 36)]
    public void Load_RealCatalogue_HasTheSubIcbLocationsOfTheDateEachWithASystem(string date, int places, int systems)
    {
        var on = DateOnly.ParseExact(date, "yyyy-MM-dd", null);
        var tree = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys).Organisations;

        var parents = tree.All
            .Where(organisation => organisation.Kind == OrganisationKind.Place && organisation.Valid.Contains(on))
            .Select(place => tree.Find(tree.ParentOf(place.Code, on)!.Parent)!)
            .ToList();

        Assert.Equal((places, systems), (parents.Count, parents.DistinctBy(parent => parent.Code).Count()));
        Assert.All(parents, parent => Assert.Equal(OrganisationKind.System, parent.Kind));
    }

    [Theory]
    [InlineData("00L", "QHM", "QHM")]
    [InlineData("92A", "QXU", "S9B9J")]
    [InlineData("06H", "QUE", "S1Y5D")]
    [InlineData("D4U1Y", "QNQ", null)]
    [InlineData("U2G6B", null, "S0E4D")]
    public void Load_RealCatalogue_PlacesSubIcbLocationsBeforeAndAfterTheMergers(string code, string? before, string? after)
    {
        var tree = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys).Organisations;

        Assert.Equal(before, tree.ParentOf(new OrganisationCode(code), new DateOnly(2026, 3, 31))?.Parent.ToString());
        Assert.Equal(after, tree.ParentOf(new OrganisationCode(code), new DateOnly(2026, 4, 1))?.Parent.ToString());
    }

    [Fact]
    public void Load_RealCatalogue_GivesAReasonForEveryInferredParent() =>
        Assert.All(
            CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys).Organisations.Relations.Where(relation => relation.Basis == Basis.Inferred),
            relation => Assert.False(string.IsNullOrWhiteSpace(relation.Reason)));

    [Theory]
    [InlineData("", false)]
    [InlineData("privateNetwork: true\n    ", true)]
    public void Load_LandingPage_ReachesPrivateNetworksOnlyWhereItSaysSo(string line, bool allowed)
    {
        folder.Replace(Source, "- landingPage:", $"- {line}landingPage:");

        var source = CatalogueLoader.Load(folder.Path, new Parsers().Keys).Sources[new("nhs-england-ae-monthly")];

        Assert.Equal(allowed, Assert.Single(source.Locations.OfType<LandingPageDefinition>()).PrivateNetwork);
    }

    [Fact]
    public void Load_SeveralFaultsInSeveralFiles_ListsEveryOneWithItsPath()
    {
        folder.Replace("indicators.yaml", "[dta-wait-over-12h]", "[dta-wait-over-13h]");
        folder.Replace(Framework, "\"[0.70, 0.78)\"", "\"[0.70, 0.80)\"");
        folder.Replace(Framework, "\"[25, 50)\"", "\"[25, 45)\"");
        folder.Replace(Source, "\"30 9-17 * * 1-5\"", "\"30 25 * * *\"");
        folder.Replace(Source, "Europe/London", "Europe/Londres");
        folder.Replace("metrics.yaml", "polarity: no-judgement", "polarity: low-is-bad");
        folder.Append("organisations.csv", "RTP,Twice,provider,,,,test");
        var appended = File.ReadLines(Path.Combine(folder.Path, "organisations.csv")).Count();
        folder.Append("organisation-parents.csv", "RTP,D7T5G,2025-01-01,2026-01-01,inferred,test,");

        Assert.Equal(
            [
                "metrics.yaml: metrics[0].polarity: 'low-is-bad' is unknown: expected one of no-judgement, low-is-good, high-is-good",
                "organisation-parents.csv: row 445, reason: is required where the basis is inferred",
                "sources/nhs-england-ae-monthly.yaml: schedule: '30 25 * * *' is not a cron expression of five fields",
                "sources/nhs-england-ae-monthly.yaml: timeZone: 'Europe/Londres' is not a known time zone",
                "frameworks/access-published-monthly.yaml: parameters[0].bands: overlap: [0.7, 0.8) and [0.78, +inf)",
                "frameworks/access-published-monthly.yaml: levels: gap: between [25, 45) and [50, 75)",
                "indicators.yaml: indicators[2].formulas[0].numerator[0]: unknown metric 'dta-wait-over-13h'; did you mean 'dta-wait-over-12h'?",
                $"organisations.csv: row {appended}, code: 'RTP' stands already in row 174",
                "organisation-parents.csv: row 445, parent: 'D7T5G' does not exist on every day of the relation (2025-01-01/2026-01-01): it is valid 2026-04-01/",
                "organisation-parents.csv: row 445, valid_from: 'RTP' has two parents at once: see row 201",
            ],
            Faults());
    }

    /// <summary>South East Coast and South Central share the South East; no file at hand says who serves which part of it.</summary>
    [Fact]
    public void Load_RealCatalogue_LeavesUndecidedServicesUnassigned()
    {
        var catalogue = CatalogueLoader.Load(folder.Path, new Parsers().Keys);
        string[] ambulanceTrusts = ["R1F", "RRU", "RX6", "RX7", "RX8", "RX9", "RYA", "RYC", "RYD", "RYE", "RYF"];

        var unassigned = catalogue.Organisations.All.Select(organisation => organisation.Code)
            .Where(code => code.ToString() is var text && (text.StartsWith("111", StringComparison.Ordinal) || ambulanceTrusts.Contains(text)))
            .Except(catalogue.SharedServices.Relations.Select(relation => relation.Provider))
            .Select(code => code.ToString());

        Assert.Equal(["RYD", "RYE"], unassigned);
    }

    [Theory]
    [InlineData("111AI5,QUY,nhs-111,2025-12-01,,quoted,test,", "valid_from: that '111AI5' serves 'QUY' stands already in row ")]
    [InlineData("111AI5,QUE,nhs-111,2025-12-01,,quoted,test,", "system: 'QUE' does not exist on every day of the relation (2025-12-01/): it is valid 2017-04-01/2026-04-01")]
    [InlineData("111AI5,RTP,nhs-111,2025-12-01,,quoted,test,", "system: 'RTP' is a provider: expected a system")]
    [InlineData("QUY,QUY,nhs-111,2017-04-01,,quoted,test,", "provider: 'QUY' is a system: expected a provider")]
    [InlineData("111AI5,QUY,telephone,2025-12-01,,quoted,test,", "service_domain: unknown service domain 'telephone'")]
    [InlineData("111ZZ9,QUY,nhs-111,2025-12-01,,quoted,test,", "provider: unknown organisation '111ZZ9'")]
    [InlineData("111AI4,QUY,nhs-111,2025-12-01,2025-12-01,quoted,test,", "valid_to: 2025-12-01 (exclusive) is not after valid_from")]
    [InlineData("111AI4,QUY,nhs-111,2025-12-01,,inferred,test,", "reason: is required where the basis is inferred")]
    [InlineData("111AI4,QUY,nhs-111,2025-12-01,,guessed,test,", "basis: 'guessed' is unknown: expected one of quoted, inferred")]
    public void Load_ServiceThatCannotBe_NamesRowAndColumn(string row, string fault)
    {
        folder.Append("organisation-services.csv", row);
        var appended = File.ReadLines(Path.Combine(folder.Path, "organisation-services.csv")).Count();

        Assert.Contains(Faults(), actual => actual.StartsWith($"organisation-services.csv: row {appended}, {fault}", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string, string> SingleFaults => new()
    {
        { "metrics.yaml", "key: ed-type-1-attendances-booked", "key: ed-type-1-attendances", "metrics.yaml: metrics[1].key: 'ed-type-1-attendances' stands already at metrics[0]" },
        { "metrics.yaml", "serviceDomain: ed", "serviceDomain: emergency", "metrics.yaml: metrics[0].serviceDomain: unknown service domain 'emergency'" },
        { "metrics.yaml", "source: nhs-england-ae-monthly", "source: nhs-england-ae", "metrics.yaml: metrics[0].source: unknown source 'nhs-england-ae'" },
        { "metrics.yaml", "key: ed-type-2-attendances\n", "key: ED type 2\n", "metrics.yaml: metrics[4].key: 'ED type 2' is not a key: expected lower-case letters and digits in words joined by hyphens" },
        { "indicators.yaml", "numerator: [dta-wait-over-12h]", "numerator: [dta-wait-over-12h * dta]", "indicators.yaml: indicators[2].formulas[0].numerator[0]: unknown metric 'dta'" },
        { "indicators.yaml", "numerator: [dta-wait-over-12h]", "numerator: [a * b * c]", "indicators.yaml: indicators[2].formulas[0].numerator[0]: unknown metric 'b * c'" },
        { "metrics.yaml", "from: 2025-11-01", "from: November", "metrics.yaml: metrics[0].breaks[0].from: 'November' is not a date: expected YYYY-MM-DD" },
        { "metrics.yaml", "countsPeople: true", "countsPeple: true", "metrics.yaml: metrics[0].countsPeple: Property 'countsPeple' not found" },
        { "metrics.yaml", "plausible: \"[0, 100000]\"", "plausible: 0 to 100000", "metrics.yaml: metrics[0].plausible: '0 to 100000' is not an interval such as [0, 5000]" },
        { Checks, "allowMinutes: 10", "", Checks + ": future.allowMinutes: is required" },
        { Checks, "provenance: local-placeholder", "provenance: official", Checks + ": plausible.provenance: 'official' is unknown: expected one of quoted, derived, inferred, memory, local-placeholder" },
        { Checks, "part: virtual-ward-patients", "part: patients", Checks + ": notAbove[0].part: unknown metric 'patients'" },
        { Checks, "whole: virtual-ward-capacity", "whole: virtual-ward-patients", Checks + ": notAbove[0].whole: is the part itself" },
        { Checks, "allow: 4", "allow: 0.4", Checks + ": notAbove[0].allow: " },
        { Checks, "makesUp: true", "refuses: [gp-practices-open]", Checks + ": parts[0].refuses[0]: 'gp-practices-open' is neither a part nor the total" },
        { Checks, "makesUp: true", "", Checks + ": parts[0].makesUp: is required" },
        { Checks, "units: [seconds]", "units: [fortnights]", Checks + ": unitSlips[0].units[0]: no metric has the unit 'fortnights'" },
        { Checks, "times: \"[20, 180]\"", "times: \"[0.5, 180]\"", Checks + ": unitSlips[0].times: must start above 1" },
        { Checks, "leastHistory: 8", "leastHistory: 21", Checks + ": unitSlips[0].history: is less than leastHistory" },
        { Source, "personalColumns: []", "personalColumns: []\nunknownOrganisations: ignore", Source + ": unknownOrganisations: 'ignore' is unknown: expected one of keep, refuse" },
        { "organisations.csv", "ENG,England,nation", "E G,England,nation", "organisations.csv: row 2, code: 'E G' is not an organisation code: expected 1 to 10 letters and digits" },
        { "organisation-parents.csv", "Y56,ENG,", "Y56,ENX,", "organisation-parents.csv: row 2, parent: unknown organisation 'ENX'" },
        { "organisation-parents.csv", "Y56,ENG,", "Y56,Y58,", "organisation-parents.csv: row 2, parent: a region cannot be the parent of a region" },
        { Source, "formatProven: true", "", Source + ": formatProven: is required" },
        { Source, "parser: nhs-england-ae-monthly", "parser: ae", Source + $": parser: 'ae' is unknown: expected one of {string.Join(", ", new Parsers().Keys)}" },
        { Source, "- folder:", "- privateNetwork: true\n    folder:", Source + ": locations[0].privateNetwork: is for what is fetched over HTTP" },
        { Source, "linkText: '", "linkText: '(", Source + ": locations[2].linkText: '((?i)" },
        { Dental, "resourceTitle: '", "resourceTitle: '(", Dental + ": locations[2].resourceTitle: '((?i)" },
        { Dental, "ckan: https", "ckan: ftp", Dental + ": locations[2].ckan: 'ftp://" },
        { Dental, "    allowedHosts: [opendata.nhsbsa.net]", "    folder: x", Dental + ": locations[2]: needs one of folder, landingPage, ckan, ord, feed and dos" },
        { "sources/ods-organisations.yaml", "ord: https", "ord: ftp", "sources/ods-organisations.yaml: locations[2].ord: 'ftp://" },
        { "sources/ods-organisations.yaml", "reference: true", "reference: true\ndueDaysAfterPeriodEnd: 3", "sources/ods-organisations.yaml: reference: states no figures" },
        { "metrics.yaml", "source: nhs-england-ae-monthly", "source: ods-organisations", "metrics.yaml: metrics[0].source: 'ods-organisations' states reference facts and no figures" },
        { Source, "dueDaysAfterPeriodEnd: 21", "", Source + ": dueDaysAfterPeriodEnd: needs one of dueDaysAfterPeriodEnd and dueMinutesAfterPeriodEnd" },
        { Source, "dueDaysAfterPeriodEnd: 21", "dueDaysAfterPeriodEnd: 21\ndueMinutesAfterPeriodEnd: 5", Source + ": dueDaysAfterPeriodEnd: needs one of dueDaysAfterPeriodEnd and dueMinutesAfterPeriodEnd" },
        { Source, "dueDaysAfterPeriodEnd: 21", "dueMinutesAfterPeriodEnd: 1440", Source + ": dueMinutesAfterPeriodEnd: '1440' is not a part of a day" },
        { Source, "dueDaysAfterPeriodEnd: 21", "dueDaysAfterPeriodEnd: 21\ncalendar: summer", Source + ": calendar: unknown calendar 'summer'" },
        { "calendars.yaml", "key: every-day", "key: working-days", "calendars.yaml: calendars[1].key: 'working-days' stands already at calendars[0]" },
        { "calendars.yaml", "key: every-day", "key: any-day", Source + ": calendar: unknown calendar 'every-day'" },
        { "calendars.yaml", "08:00-20:00", "8-20", "calendars.yaml: calendars[3].hours[0].open[0]: '8-20' is not a span: expected HH:MM-HH:MM" },
        { "calendars.yaml", "saturday, sunday", "saturday, saturday", "calendars.yaml: calendars[0].hours: a day of the week stands twice" },
        { "calendars.yaml", "[monday,", "[mon,", "calendars.yaml: calendars[0].hours[0].days[0]: 'mon' is unknown: expected one of sunday, monday" },
        { "calendars.yaml", "first: \"11-24\"", "first: \"02-29\"", "calendars.yaml: calendars[2].season.first: '02-29' is not a day of every year: expected MM-DD" },
        { "bank-holidays.csv", "2024-03-29,", "2024-01-01,", "bank-holidays.csv: row 3, date: '2024-01-01' stands already in an earlier row" },
        { "bank-holidays.csv", "2024-01-01,", "1 January,", "bank-holidays.csv: row 2, date: '1 January' is not a date" },
        { "organisation-successions.csv", "QH8,D7T5G", "QH9,D7T5G", "organisation-successions.csv: row 2, predecessor: unknown organisation 'QH9'" },
        { "organisation-successions.csv", "QH8,D7T5G", "D7T5G,D7T5G", "organisation-successions.csv: row 2, successor: 'D7T5G' cannot succeed itself" },
        { "organisation-successions.csv", "QJG,D7T5G", "QH8,D7T5G", "organisation-successions.csv: row 4, successor: this succession stands already in row 2" },
        { "opening-hours.csv", "valid_to,source", "valid_to,source\nQUY,utc,never,,,test", "opening-hours.csv: row 2, calendar: unknown calendar 'never'" },
        { "opening-hours.csv", "valid_to,source", "valid_to,source\nQUYY,utc,every-day,,,test", "opening-hours.csv: row 2, organisation: unknown organisation 'QUYY'" },
        { "opening-hours.csv", "valid_to,source", "valid_to,source\nNLX,tea,every-day,,,test", "opening-hours.csv: row 2, service_domain: unknown service domain 'tea'" },
        { "opening-hours.csv", "valid_to,source", "valid_to,source\nNLX,utc,every-day,,,test\nNLX,utc,utc-8-to-20,2026-01-01,,test", "opening-hours.csv: row 3, valid_from: hours of 'NLX' for these days stand already in row 2" },
        { Framework, "\"[0.78, +inf)\"", "\"over 0.78\"", Framework + ": parameters[0].bands[0].range: 'over 0.78' is not an interval such as [0.6, 0.7)" },
        { Framework, "\"[0.60, 0.70)\"", "\"[0.65, 0.70)\"", Framework + ": parameters[0].bands: gap: between (-inf, 0.6) and [0.65, 0.7)" },
        { Framework, "indicator: utc-4-hour-performance", "indicator: ed-4-hour-performance", Framework + ": parameters[2].indicator: 'ed-4-hour-performance' is scored twice" },
        { Framework, "minimumIndicators: 3", "minimumIndicators: 2", Framework + ": levels: the parameter 'ed-4-hour-performance' alone can carry level 3: 3 of 6 points where all that is there beside it is dta-over-12h-share" },
        { Framework, "indicator: virtual-ward-occupancy", "indicator: gp-same-day-share", Framework + ": parameters[3].maximumAge: is required: 'gp-appointments-same-day' is stated by the day, and the grid is the month" },
        { Framework, "mode: percent-of-available", "mode: sum", Framework + ": levels: [25, 50) reaches beyond the scale [0, 12]" },
        { Framework, "mode: percent-of-available", "mode: average", Framework + ": scoring.mode: 'average' is unknown: expected one of percent-of-available, sum" },
        { Framework, "rounding: none", "rounding: up", Framework + ": scoring.rounding: 'up' is unknown: expected one of none, half-up" },
        { Framework, "        points: 0\n", "        points: 1\n", Framework + ": parameters[0].bands: none of them scores 0: the best has to" },
        { Framework, "holdSlots: 1", "holdSlots: -1", Framework + ": missingData.holdSlots: " },
        { Framework, "  slots: 1\n", "  slots: 0\n", Framework + ": hysteresis.slots: " },
        { Framework, "level: 1\n    range: \"[0, 25)\"", "level: 1\n    range: \"[75, 100]\"", Framework + ": levels: " },
        { Framework, "  - indicator: dta-over-12h-share\n", "  - indicator: dta-over-12h-share\n    weight: {value: 0, provenance: quoted, source: x}\n", Framework + ": parameters[1].weight.value: " },
        { Framework, "  - indicator: dta-over-12h-share\n", "  - indicator: dta-over-12h-share\n    maximumAge: {value: P1M, provenance: quoted, source: x}\n", Framework + ": parameters[1].maximumAge.value: 'P1M' is not a duration of days, hours and minutes such as PT30M or P1DT12H" },
        { Framework, "  - indicator: dta-over-12h-share\n", "  - indicator: dta-over-12h-share\n    lowSample: {before: six, provenance: quoted, source: x}\n", Framework + ": parameters[1].lowSample.before: 'six' is not a time of day such as 06:00" },
        { Framework, "parameters:\n", "unscored: [{name: x, provenance: memory, source: x}]\nparameters:\n", Framework + ": unscored[0].reason: is required" },
        { Framework, "level: 2", "level: 1", Framework + ": levels: are 1, 2, 3 and 4, each once" },
        { Framework, "provenance: local-placeholder", "provenance: official", Framework + ": scoring.provenance: 'official' is unknown: expected one of quoted, derived, inferred, memory, local-placeholder" },
        { Framework, "minimumIndicators: 3", "minimumIndicators: 1", Framework + ": missingData.minimumIndicators: must be 2 or more: no decision on a single metric in isolation" },
    };

    [Theory]
    [MemberData(nameof(SingleFaults))]
    public void Load_OneFault_NamesFileAndField(string file, string text, string by, string fault)
    {
        folder.Replace(file, text, by);

        Assert.Contains(Faults(), actual => actual.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_FileMissing_SaysWhichBesideTheOtherFaults()
    {
        folder.Delete("service-domains.yaml");

        Assert.Contains(Faults(), fault => fault.StartsWith("service-domains.yaml: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_OneFileUnreadable_StillListsTheFaultsThatDoNotNeedIt()
    {
        folder.Replace("metrics.yaml", "countsPeople: true", "countsPeple: true");
        folder.Replace(Framework, "indicator: utc-4-hour-performance", "indicator: utc-4-hour");
        folder.Append("organisations.csv", "RTP,Twice,provider,,,,test");

        Assert.Equal(
            ["frameworks/access-published-monthly.yaml", "metrics.yaml", "organisations.csv"],
            Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys)).Errors.Select(error => error.File).Order());
    }

    [Fact]
    public void Load_SystemAdoptsAVersionWhileTheOtherStillJudgesIt_IsRefusedWithBothTheOrganisationAndTheDay()
    {
        AddSecondVersion("  - {organisation: QUY, validFrom: 2025-06-18, provenance: inferred, source: Test.}");

        Assert.Equal(
            ["frameworks/access-published-monthly.yaml: adopted: versions '3' and '2' of 'access-published-monthly' both judge QUY on 2025-06-18: see frameworks/access-next.yaml"],
            Faults());
    }

    [Fact]
    public void Load_CandidateInShadow_JudgesBesideTheVersionThatItMayComeAfter()
    {
        AddSecondVersion("  - {organisation: QUY, validFrom: 2025-06-18, provenance: inferred, source: Test.}");
        folder.Replace("frameworks/access-next.yaml", "grid: month", "status: shadow\ngrid: month");

        var versions = CatalogueLoader.Load(folder.Path, new Parsers().Keys).Frameworks.Where(framework => framework.Key == "access-published-monthly");

        Assert.Equal([("2", false), ("3", true)], versions.Select(framework => (framework.Version, framework.IsShadow)).Order());
    }

    [Fact]
    public void Load_SystemChangesVersionOnADayOfItsOwn_IsJudgedByOneOfThemEachDay()
    {
        folder.Replace(Framework, "grid: month", "adopted:\n  - {organisation: QUY, validTo: 2025-06-18, provenance: inferred, source: Test.}\ngrid: month");
        AddSecondVersion("  - {organisation: QUY, validFrom: 2025-06-18, provenance: inferred, source: Test.}");

        var catalogue = CatalogueLoader.Load(folder.Path, new Parsers().Keys);

        string VersionOn(string code, DateOnly day) => Assert.Single(catalogue.Frameworks, framework =>
            framework.Key == "access-published-monthly"
            && framework.Judges(catalogue.Organisations.Find(new OrganisationCode(code))!, day, catalogue.Organisations)).Version;
        Assert.Equal(("2", "3"), (VersionOn("QUY", new(2025, 6, 17)), VersionOn("QUY", new(2025, 6, 18))));
        Assert.Equal(("2", "3"), (VersionOn("QXU", new(2027, 12, 31)), VersionOn("QXU", new(2028, 1, 1))));
    }

    [Fact]
    public void Load_AdoptionThatCannotBe_IsReportedWithItsField()
    {
        folder.Replace(Framework, "grid: month", "adopted:\n  - {organisation: QUZ, validFrom: 2025-06-18, validTo: 2025-06-18, provenance: heard}\ngrid: month");

        var faults = Faults().ToList();
        string[] expected =
        [
            "adopted[0].validTo: 2025-06-18 (exclusive) is not after validFrom",
            "adopted[0].provenance: 'heard' is unknown: expected one of quoted, derived, inferred, memory, local-placeholder",
            "adopted[0].source: is required",
        ];
        Assert.Equal(expected.Select(fault => $"{Framework}: {fault}"), faults.SkipLast(1));
        Assert.StartsWith($"{Framework}: adopted[0].organisation: unknown organisation 'QUZ'", faults[^1], StringComparison.Ordinal);
    }

    /// <summary>Version 2 ends with the year 2027, and a version 3 follows it.</summary>
    private void AddSecondVersion(string adopted)
    {
        folder.Replace(Framework, "validFrom: 2021-04-01", "validFrom: 2021-04-01\nvalidTo: 2028-01-01");
        var text = File.ReadAllText(Path.Combine(folder.Path, Framework))
            .Replace("version: \"2\"", "version: \"3\"", StringComparison.Ordinal)
            .Replace("validFrom: 2021-04-01\nvalidTo: 2028-01-01", "validFrom: 2028-01-01", StringComparison.Ordinal);
        var grid = text.IndexOf("grid: month", StringComparison.Ordinal);
        text = text.IndexOf("adopted:", StringComparison.Ordinal) is var own && own >= 0 ? text[..own] + text[grid..] : text;
        folder.Write("frameworks/access-next.yaml", text.Replace("grid: month", $"adopted:\n{adopted}\ngrid: month", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ColumnRenamed_SaysWhatWasExpected()
    {
        folder.Replace("organisations.csv", "valid_from", "opened");

        Assert.Contains(
            "organisations.csv: row 1: expected the columns code,name,kind,valid_from,valid_to,ons_code,source; found code,name,kind,opened,valid_to,ons_code,source",
            Faults());
    }

    /// <summary>Essex came from the whole of one board and from parts of two others, each of which has a second successor.</summary>
    [Fact]
    public void Load_RealCatalogue_KnowsTheMergersOfApril2026ManyToMany()
    {
        var tree = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys).Organisations;

        Assert.Equal(["QH8", "QJG", "QM7"], tree.PredecessorsOf(new OrganisationCode("D7T5G")).Select(succession => succession.Predecessor.ToString()));
        Assert.Equal(["QRL", "S0E4D", "S9B9J"], tree.SuccessorsOf(new OrganisationCode("QNQ")).Select(succession => succession.Successor.ToString()));
        Assert.All(
            tree.All.Where(organisation => organisation.Kind == OrganisationKind.System && organisation.Valid.To is not null),
            closed => Assert.All(tree.SuccessorsOf(closed.Code).DefaultIfEmpty(), succession => Assert.Equal(closed.Valid.To, succession?.Date)));
        Assert.All(tree.Successions, succession => Assert.True(tree.Find(succession.Successor)!.Valid.Contains(succession.Date)));
    }

    /// <summary>Both have a parent by their headquarters, and drive ambulances for more systems than that one, or share its figures.</summary>
    [Theory]
    [InlineData("RYF", "QJK")]
    [InlineData("R1F", "QRL")]
    public void Load_RealCatalogue_SumsNoAmbulanceFigureIntoTheParentOfItsTrust(string trust, string parent)
    {
        var catalogue = CatalogueLoader.Load(CatalogueFolder.Real, new Parsers().Keys);
        IndicatorTerm[] mean = [new IndicatorTerm(new MetricKey("ambulance-category-2-response-mean"), false)];
        var indicator = new Indicator("test", "Test", "Test", "ambulance", "share", Polarity.LowIsGood, [new IndicatorFormula(mean, mean)]);
        var statements = new StatementSet([Figures.Of("ambulance-category-2-response-mean", trust, Figures.June, 1800)]);
        var calculator = new IndicatorCalculator(catalogue.Organisations, catalogue.Metrics, catalogue.SharedServices);

        Assert.Equal(parent, catalogue.Organisations.ParentOf(new OrganisationCode(trust), LondonCalendar.LastDayOf(Figures.June))!.Parent.ToString());
        Assert.Empty(calculator.Read(indicator, new OrganisationCode(parent), Figures.June, statements, AbsenceCode.Late).Contributors);
        Assert.Single(calculator.Read(indicator, new OrganisationCode(trust), Figures.June, statements, AbsenceCode.Late).Contributors);
    }

    /// <summary>Without their lines, which move with everything that is added to a file.</summary>
    private IEnumerable<string> Faults() =>
        Assert.Throws<CatalogueException>(() => CatalogueLoader.Load(folder.Path, new Parsers().Keys)).Errors.Select(error => (error with { Line = null }).ToString());
}
