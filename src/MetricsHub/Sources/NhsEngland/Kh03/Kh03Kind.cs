using MetricsHub.Domain.Observations;
using MetricsHub.Sources.Blocks;
using static MetricsHub.Sources.Blocks.BlockColumn;

namespace MetricsHub.Sources.NhsEngland.Kh03;

/// <summary>
/// NHS England's quarterly bed return (KH03), beds open overnight by sector: the average of the quarter's days, so with fractions. Its
/// layout is known from documentation only.
/// </summary>
internal static class Kh03Kind
{
    public static readonly BlockWorkbookKind Overnight = new(
        "the KH03 workbook of beds open overnight (XLSX)",
        [
            new("NHS Trust by Sector",
            [
                Of("Available Total", "overnight-beds-available", BlockPeriod.Quarter),
                Of("Available General & Acute", "overnight-beds-available-general-acute", BlockPeriod.Quarter, "overnight-beds-available"),
                Of("Available Learning Disabilities", "overnight-beds-available-learning-disabilities", BlockPeriod.Quarter, "overnight-beds-available"),
                Of("Available Maternity", "overnight-beds-available-maternity", BlockPeriod.Quarter, "overnight-beds-available"),
                Of("Available Mental Illness", "overnight-beds-available-mental-illness", BlockPeriod.Quarter, "overnight-beds-available"),
                Of("Occupied Total", "overnight-beds-occupied", BlockPeriod.Quarter),
                Of("Occupied General & Acute", "overnight-beds-occupied-general-acute", BlockPeriod.Quarter, "overnight-beds-occupied"),
                Of("Occupied Learning Disabilities", "overnight-beds-occupied-learning-disabilities", BlockPeriod.Quarter, "overnight-beds-occupied"),
                Of("Occupied Maternity", "overnight-beds-occupied-maternity", BlockPeriod.Quarter, "overnight-beds-occupied"),
                Of("Occupied Mental Illness", "overnight-beds-occupied-mental-illness", BlockPeriod.Quarter, "overnight-beds-occupied"),

                // A quotient of the two: the hub makes its own, of sums.
                NotRead("% Occupied Total"),
                NotRead("% Occupied General & Acute"),
                NotRead("% Occupied Learning Disabilities"),
                NotRead("% Occupied Maternity"),
                NotRead("% Occupied Mental Illness"),
            ]),

            // The same figures added up by others, and what the trusts are called.
            new("Area Team by Sector", []),
            new("Region by Sector", []),
        ],
        BlockLabel.TitleAndHeader,
        Titles: ["Available", "Occupied", "% Occupied"],
        CodeHeaders: ["Org Code"],
        NameHeaders: ["Org Name"],
        OtherHeaders: ["Year", "Period End", "Region Code"],
        HasFractions: true,
        Markers: new Dictionary<string, AbsenceCode>());
}
