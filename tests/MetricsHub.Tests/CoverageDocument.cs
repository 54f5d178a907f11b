using System.Globalization;
using System.Text;
using MetricsHub.Api;
using MetricsHub.Catalogue;

namespace MetricsHub.Tests;

/// <summary>The table of docs/coverage.md: for how many systems the bundled publications have figures, by month and service domain.</summary>
internal static class CoverageDocument
{
    public static string Of(CoverageAnswer answer, HubCatalogue catalogue)
    {
        var names = catalogue.ServiceDomains.ToDictionary(domain => domain.Key, domain => domain.Name);
        var months = answer.Months.Where(month => month.Domains.Any(domain => domain.Covered > 0)).Reverse().ToList();
        var covered = catalogue.ServiceDomains.Where(domain => months.Exists(month => Of(month, domain.Key) > 0)).Select(domain => domain.Key).ToList();

        var text = new StringBuilder();
        text.Append("# Coverage of the bundled publications\n\n")
            .Append("For how many of the integrated care systems that were open on the month's last day the publications in `samples/` state at\n")
            .Append("least one number, in each service domain: of the system itself, of an organisation below it, or of one that serves it (an NHS 111\n")
            .Append("contract, an ambulance trust). It says where figures are, not how complete they are. An empty cell is no system at all.\n\n")
            .Append("Made by `make coverage` from `GET /api/v1/coverage`; a test holds it to what the hub answers.\n\n");

        Row(text, ["Month", "Systems", .. covered.Select(domain => names[domain])]);
        Row(text, ["---", "---:", .. covered.Select(_ => "---:")]);
        foreach (var month in months)
        {
            Row(text, [month.Month, Count(month.Systems), .. covered.Select(domain => Of(month, domain) is > 0 and var count ? Count(count) : "")]);
        }

        var none = catalogue.ServiceDomains.Where(domain => !covered.Contains(domain.Key)).Select(domain => domain.Name);
        text.Append("\nNo bundled publication covers: ").AppendJoin("; ", none).Append(".\n")
            .Append("For these the hub takes operational feeds (see the README); the simulated system shows what that looks like.\n");
        return text.ToString();
    }

    private static int Of(MonthCoverage month, string domain) => month.Domains.Single(entry => entry.ServiceDomain == domain).Covered;

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
