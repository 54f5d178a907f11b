using System.Globalization;

namespace MetricsHub.Simulator.Playing;

/// <summary>One service of one organisation of the fictional system, and how large it is.</summary>
/// <param name="Organisation">The organisation's code.</param>
/// <param name="Name">The organisation's name.</param>
/// <param name="Kind">What is played there: <c>ed</c>, <c>ward</c>, <c>gp</c>.</param>
/// <param name="Size">What its play takes as its size: people a day, beds, spaces.</param>
/// <param name="Spaces">A second size, where there are two; 0 where there is none of it.</param>
/// <param name="PartOf">What it is a part of: a ward of a hospital, a practice of a place; empty where that does not matter.</param>
internal sealed record Site(string Organisation, string Name, string Kind, double Size, double Spaces, string PartOf, OpeningHours Hours);

/// <summary>Everything that there is in Wyvern Vale.</summary>
internal sealed class Estate
{
    public Estate()
    {
        var names = Resource.Rows("organisations.csv").ToDictionary(row => row["code"], row => row["name"]);
        var hours = Resource.Rows("opening-hours.csv").ToDictionary(row => (row["organisation"], row["service_domain"]), row => row["calendar"]);
        Sites = [.. Resource.Rows("estate.csv").Select(row => new Site(
            row["organisation"],
            names[row["organisation"]],
            row["kind"],
            Number(row["size"]),
            Number(row["spaces"]),
            row["part_of"],
            OpeningHours.Of(hours.GetValueOrDefault((row["organisation"], row["kind"]), "always"))))];
    }

    public IReadOnlyList<Site> Sites { get; }

    public IEnumerable<Site> Of(string kind) => Sites.Where(site => site.Kind == kind);

    private static double Number(string text) => text == "" ? 0 : double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
