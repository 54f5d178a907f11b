namespace MetricsHub.Simulator.Playing;

/// <summary>Beds in hospitals and outside of them, and who could leave one.</summary>
internal static class Beds
{
    /// <param name="site">Size: beds.</param>
    public static IReadOnlyDictionary<string, double[]> Ward(SiteDay site)
    {
        // On some days a bay is shut.
        var open = Math.Round(site.Site.Size - (site.Draw("shut") < 0.08 ? 4 : 0));
        return new Dictionary<string, double[]>
        {
            ["ward-beds-open"] = site.Constant(open),
            ["ward-beds-occupied"] = site.Taken("beds", open, 0.935, "acute-beds", 0.03),
        };
    }

    /// <param name="site">Size: beds opened when it is full; spaces: critical care beds, 0 where there are none.</param>
    public static IReadOnlyDictionary<string, double[]> Hospital(SiteDay site, Player player)
    {
        var (open, occupied) = (OfWards(site, player, "ward-beds-open"), OfWards(site, player, "ward-beds-occupied"));
        var figures = new Dictionary<string, double[]>
        {
            ["acute-beds-open-now"] = open,
            ["acute-beds-occupied-now"] = occupied,
            ["acute-escalation-beds-open-now"] = site.Whole("escalation", site.Site.Size * 0.4, null, null, 0.7, 0.1, site.Site.Size),
        };
        if (site.Site.Spaces > 0)
        {
            figures["critical-care-beds-open-now"] = site.Constant(site.Site.Spaces);
            figures["critical-care-beds-occupied-now"] = site.Taken("critical", site.Site.Spaces, 0.8, "acute-beds", 0.07);
        }

        return figures;
    }

    /// <summary>Who no longer has to be in a bed, by the way that they will leave; the ways add up to all of them.</summary>
    /// <param name="site">Size: discharges a day.</param>
    public static IReadOnlyDictionary<string, double[]> Discharge(SiteDay site, Player player)
    {
        var occupied = OfWards(site, player, "ward-beds-occupied");
        var share = site.Standing("no criteria", 0.15, "no-criteria-to-reside", null, 0.12, 0.03);
        var all = site.Each(slot => Math.Round(occupied[slot] * Math.Clamp(share[slot], 0, 0.45)));
        double[] Way(double part) => [.. all.Select(people => Math.Floor(people * part))];
        var (first, second, third) = (Way(0.4), Way(0.18), Way(0.12));
        return new Dictionary<string, double[]>
        {
            ["no-criteria-to-reside-now"] = all,
            ["no-criteria-to-reside-pathway-0-now"] = site.Each(slot => all[slot] - first[slot] - second[slot] - third[slot]),
            ["no-criteria-to-reside-pathway-1-now"] = first,
            ["no-criteria-to-reside-pathway-2-now"] = second,
            ["no-criteria-to-reside-pathway-3-now"] = third,
            ["discharges-since-midnight"] = SiteDay.SinceMidnight(site.Happening("discharges", site.Site.Size, "discharge", "afternoons", 0.05)),
        };
    }

    /// <param name="site">Size: beds.</param>
    public static IReadOnlyDictionary<string, double[]> Community(SiteDay site) => new Dictionary<string, double[]>
    {
        ["community-beds-open"] = site.Constant(site.Site.Size),
        ["community-beds-occupied"] = site.Taken("beds", site.Site.Size, 0.91, null, 0.04),
        ["community-beds-patients-waiting"] = site.Whole("waiting", site.Site.Size * 0.3, null, null, 0.5, 0.1),
    };

    /// <param name="site">Size: beds; spaces: places of safety (section 136), 0 where there are none.</param>
    public static IReadOnlyDictionary<string, double[]> MentalHealth(SiteDay site)
    {
        var figures = new Dictionary<string, double[]>
        {
            ["mental-health-beds-open"] = site.Constant(site.Site.Size),
            ["mental-health-beds-occupied"] = site.Taken("beds", site.Site.Size, 0.94, null, 0.025),
        };
        if (site.Site.Spaces > 0)
        {
            figures["section-136-spaces"] = site.Constant(site.Site.Spaces);
            figures["section-136-spaces-occupied"] = site.Whole("136", site.Site.Spaces * 0.65, null, null, 0.3, 0.6, site.Site.Spaces);
        }

        return figures;
    }

    /// <param name="site">Size: people who wait for a bed.</param>
    public static IReadOnlyDictionary<string, double[]> MentalHealthFlow(SiteDay site) => new Dictionary<string, double[]>
    {
        ["mental-health-patients-waiting-for-a-bed"] = site.Whole("waiting", site.Site.Size, null, null, 0.35, 0.15),
    };

    /// <param name="site">Size: beds. A virtual ward can hold more than it was set up for.</param>
    public static IReadOnlyDictionary<string, double[]> VirtualWard(SiteDay site) => new Dictionary<string, double[]>
    {
        ["virtual-ward-capacity-now"] = site.Constant(site.Site.Size),
        ["virtual-ward-patients-now"] = site.Taken("patients", site.Site.Size, 0.76, null, 0.12, 1.15),
    };

    /// <param name="site">Size: beds. Of those that are free some take nobody new.</param>
    public static IReadOnlyDictionary<string, double[]> CareHome(SiteDay site)
    {
        var occupied = site.Taken("residents", site.Site.Size, 0.87, null, 0.02);
        var closed = site.Draw("infection") < 0.05;
        return new Dictionary<string, double[]>
        {
            ["care-home-beds"] = site.Constant(site.Site.Size),
            ["care-home-beds-occupied"] = occupied,
            ["care-home-beds-vacant-admitting"] = [.. occupied.Select(taken => closed ? 0 : Math.Floor((site.Site.Size - taken) * 0.75))],
        };
    }

    private static double[] OfWards(SiteDay hospital, Player player, string metric)
    {
        var wards = player.Estate.Of("ward").Where(ward => ward.PartOf == hospital.Site.Organisation)
            .Select(ward => player.Play(ward, hospital.Day)[metric]).ToList();
        return hospital.Each(slot => wards.Sum(ward => ward[slot]));
    }
}
