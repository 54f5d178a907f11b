using MetricsHub.Simulator.Playing;
using Xunit;

namespace MetricsHub.Tests.Simulator;

/// <summary>What makes the figures plausible: they hold together, and they follow the day, the week and the year.</summary>
public sealed class PlayTests
{
    [Fact]
    public void Figures_EveryServiceAndSeason_AreWholeNotNegativeAndOfEveryQuarterHour() =>
        Assert.All(Played.All, played => Assert.All(played.Figures, figures =>
        {
            Assert.Equal(played.Day.Ends.Count, figures.Value.Length);
            Assert.All(figures.Value, figure => Assert.True(
                figure >= 0 && figure == Math.Round(figure) && figure < 100_000, $"{played.Site.Organisation} {figures.Key}: {figure}"));
        }));

    [Fact]
    public void Figures_SinceMidnight_NeverFallWithinTheDayAndStartAgainAfterIt() =>
        Assert.All(Played.All, played => Assert.All(
            played.Figures.Where(figures =>
                figures.Key.EndsWith("-since-midnight", StringComparison.Ordinal) && !figures.Key.Contains("-mean-", StringComparison.Ordinal)),
            figures =>
            {
                Assert.All(figures.Value.Zip(figures.Value.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
                Assert.True(figures.Value[0] <= Math.Max(80, figures.Value[^1] / 4), $"{figures.Key} starts the day at {figures.Value[0]}");
            }));

    [Theory]
    [InlineData("hospital", "acute-beds-occupied-now", "acute-beds-open-now")]
    [InlineData("hospital", "acute-escalation-beds-open-now", "acute-beds-open-now")]
    [InlineData("hospital", "critical-care-beds-occupied-now", "critical-care-beds-open-now")]
    [InlineData("ward", "ward-beds-occupied", "ward-beds-open")]
    [InlineData("community-beds", "community-beds-occupied", "community-beds-open")]
    [InlineData("mental-health", "mental-health-beds-occupied", "mental-health-beds-open")]
    [InlineData("mental-health", "section-136-spaces-occupied", "section-136-spaces")]
    [InlineData("gp", "gp-same-day-slots-free", "gp-same-day-slots-offered")]
    [InlineData("dental", "dental-urgent-slots-free", "dental-urgent-slots-offered")]
    [InlineData("utc", "utc-patients-waiting", "utc-patients-in-department")]
    [InlineData("sdec", "sdec-conversions-since-midnight", "sdec-arrivals-since-midnight")]
    [InlineData("ed", "ed-departures-within-4-hours-since-midnight", "ed-departures-since-midnight")]
    [InlineData("ed", "ed-patients-over-12-hours", "ed-patients-in-department")]
    [InlineData("ed", "ed-majors-resus-occupied", "ed-patients-in-department")]
    [InlineData("nhs-111", "nhs-111-calls-answered-in-60-seconds-since-midnight", "nhs-111-calls-answered-since-midnight")]
    [InlineData("patient-transport", "patient-transport-journeys-completed-since-midnight", "patient-transport-journeys-booked")]
    [InlineData("planned-procedures", "planned-procedures-patients-waiting-over-18-weeks", "planned-procedures-patients-waiting")]
    public void Part_EverySite_NeverPassesTheWhole(string kind, string part, string whole) =>
        Assert.All(Played.All.Where(played => played.Site.Kind == kind && played.Figures.ContainsKey(part)), played =>
            Assert.All(played.Figures[part].Zip(played.Figures[whole]), pair => Assert.True(pair.First <= pair.Second, $"{played.Site}: {pair}")));

    [Fact]
    public void Parts_OfATotal_AddUpToIt() =>
        Assert.All(Played.All, played =>
        {
            AssertSum(played.Figures, "nhs-111-calls-offered-since-midnight", "nhs-111-calls-answered-since-midnight", "nhs-111-calls-abandoned-since-midnight");
            AssertSum(played.Figures, "no-criteria-to-reside-now", [.. Enumerable.Range(0, 4).Select(way => $"no-criteria-to-reside-pathway-{way}-now")]);
        });

    [Fact]
    public void Hospital_ItsWards_AddUpToItsBeds() =>
        Assert.All(Played.Days.Take(6).Select(date => new LondonDay(date)), day =>
            Assert.All(Played.Player.Estate.Of("hospital"), hospital =>
            {
                var wards = Played.Player.Estate.Of("ward").Where(ward => ward.PartOf == hospital.Organisation)
                    .Select(ward => Played.Player.Play(ward, day)).ToList();
                var beds = Played.Player.Play(hospital, day);
                Assert.NotEmpty(wards);
                Assert.All(Enumerable.Range(0, day.Ends.Count), slot =>
                {
                    Assert.Equal(wards.Sum(ward => ward["ward-beds-open"][slot]), beds["acute-beds-open-now"][slot]);
                    Assert.Equal(wards.Sum(ward => ward["ward-beds-occupied"][slot]), beds["acute-beds-occupied-now"][slot]);
                });
            }));

    [Fact]
    public void CareHome_VacantAndTaken_FitIntoTheHome() =>
        Assert.All(Played.All.Where(played => played.Site.Kind == "care-home"), played =>
            Assert.All(Enumerable.Range(0, played.Day.Ends.Count), slot =>
            {
                var vacant = played.Figures["care-home-beds"][slot] - played.Figures["care-home-beds-occupied"][slot];
                Assert.InRange(played.Figures["care-home-beds-vacant-admitting"][slot], 0, vacant);
            }));

    /// <summary>The ranges are wide, and those of an ordinary English system: a figure outside of them would be a joke.</summary>
    [Theory]
    [InlineData("gp", "gp-opel-declared", 1, 4)]
    [InlineData("utc", "utc-longest-wait", 0, 480)]
    [InlineData("ed", "ed-median-time-to-treatment", 15, 300)]
    [InlineData("ambulance-handover", "ambulance-handover-mean-since-midnight", 5, 150)]
    [InlineData("ambulance-control", "ambulance-category-2-mean-since-midnight", 8, 150)]
    [InlineData("early-pregnancy", "early-pregnancy-days-to-next-scan", 0, 5)]
    [InlineData("planned-procedures", "planned-procedures-median-wait", 60, 130)]
    public void Figure_EverySeason_LiesInItsRange(string kind, string metric, double least, double most) =>
        Assert.All(Played.All.Where(played => played.Site.Kind == kind), played =>
            Assert.All(played.Figures[metric], figure => Assert.InRange(figure, least, most)));

    [Theory]
    [InlineData("hospital", "acute-beds-occupied-now", "acute-beds-open-now", 0.88, 0.99)]
    [InlineData("ed", "ed-departures-within-4-hours-since-midnight", "ed-departures-since-midnight", 0.5, 0.8)]
    [InlineData("discharge", "no-criteria-to-reside-pathway-1-now", "no-criteria-to-reside-now", 0.3, 0.45)]
    [InlineData("virtual-ward", "virtual-ward-patients-now", "virtual-ward-capacity-now", 0.6, 0.95)]
    [InlineData("care-home", "care-home-beds-occupied", "care-home-beds", 0.8, 0.95)]
    public void Share_OverTheYear_IsAsInEngland(string kind, string part, string whole, double least, double most) =>
        Assert.InRange(Played.Mean(kind, part, Played.Days) / Played.Mean(kind, whole, Played.Days), least, most);

    [Fact]
    public void Rhythm_OfTheWeek_BringsMoreRequestsOnMondayThanOnFridayAndNoneOnSunday()
    {
        var mondays = Enumerable.Range(0, 30).Select(week => new DateOnly(2025, 3, 3).AddDays(7 * week)).ToList();
        double Requests(int after) => mondays.Average(monday => Played.Player.Estate.Of("gp")
            .Sum(site => Played.Player.Play(site, new LondonDay(monday.AddDays(after)))["gp-same-day-requests-since-midnight"][^1]));

        Assert.InRange(Requests(0) / Requests(4), 1.1, 1.4);
        Assert.Equal(0, Requests(6));
    }

    [Fact]
    public void Rhythm_OfTheWeek_BringsMostCallsTo111OnSaturday()
    {
        var mondays = Enumerable.Range(0, 30).Select(week => new DateOnly(2025, 3, 3).AddDays(7 * week)).ToList();
        double Calls(int after) => mondays.Average(monday => Played.Player.Estate.Of("nhs-111")
            .Sum(site => Played.Player.Play(site, new LondonDay(monday.AddDays(after)))["nhs-111-calls-offered-since-midnight"][^1]));

        Assert.All([0, 1, 2, 3, 4, 6], other => Assert.True(Calls(5) > Calls(other)));
    }

    [Fact]
    public void Rhythm_OfTheYear_FillsBedsInWinter()
    {
        static IEnumerable<DateOnly> Days(int year, int month) => Enumerable.Range(1, 28).Select(day => new DateOnly(year, month, day));

        var winter = Played.Mean("hospital", "acute-beds-occupied-now", [.. Days(2025, 1), .. Days(2026, 1), .. Days(2027, 1)]);
        var summer = Played.Mean("hospital", "acute-beds-occupied-now", [.. Days(2025, 8), .. Days(2026, 8), .. Days(2027, 8)]);
        Assert.InRange(winter / summer, 1.01, 1.1);
    }

    [Fact]
    public void Pressure_HiddenBehindTheServices_MovesThemTogether()
    {
        var days = Enumerable.Range(0, 200).Select(day => new LondonDay(new DateOnly(2025, 1, 1).AddDays(3 * day))).ToList();
        double[] Daily(string kind, string metric) =>
            [.. days.Select(day => Played.Player.Estate.Of(kind).Sum(site => Played.Player.Play(site, day)[metric].Average()))];

        var department = Daily("ed", "ed-patients-in-department");
        Assert.InRange(Correlation(department, Daily("ambulance-handover", "ambulance-handover-mean-since-midnight")), 0.5, 1);
        Assert.InRange(Correlation(department, Daily("virtual-ward", "virtual-ward-patients-now")), 0.5, 1);
        Assert.InRange(Correlation(department, Daily("community-beds", "community-beds-patients-waiting")), 0.5, 1);
    }

    [Fact]
    public void Seed_Another_IsAnotherHistory()
    {
        var site = Played.Player.Estate.Of("ed").First();
        var day = new LondonDay(new DateOnly(2026, 1, 15));
        var other = new Player(new Estate(), new Rhythm(), 2);

        Assert.Equal(Played.Player.Play(site, day), new Player(new Estate(), new Rhythm(), 1).Play(site, day));
        Assert.NotEqual(Played.Player.Play(site, day)["ed-patients-in-department"], other.Play(site, day)["ed-patients-in-department"]);
    }

    private static void AssertSum(IReadOnlyDictionary<string, double[]> figures, string total, params string[] parts)
    {
        if (figures.TryGetValue(total, out var totals))
        {
            Assert.All(Enumerable.Range(0, totals.Length), slot => Assert.Equal(totals[slot], parts.Sum(part => figures[part][slot])));
        }
    }

    private static double Correlation(double[] left, double[] right)
    {
        var (meanLeft, meanRight) = (left.Average(), right.Average());
        var together = left.Zip(right, (one, other) => (one - meanLeft) * (other - meanRight)).Sum();
        return together / Math.Sqrt(left.Sum(one => Math.Pow(one - meanLeft, 2)) * right.Sum(other => Math.Pow(other - meanRight, 2)));
    }
}
