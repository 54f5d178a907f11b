using System.Globalization;
using System.Net;
using System.Text;
using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Indicators;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Escalation;

namespace MetricsHub.Pages;

/// <param name="Readings">Those of the newest instant at which any organisation has a level; empty where none ever had one.</param>
/// <param name="Declared">What is declared beside them.</param>
internal sealed record FrameworkLevels(Framework Framework, IReadOnlyList<EscalationReading> Readings, DeclaredLevels Declared);

/// <summary>The first page: what this is, how escalated each system is, and how the sources stand.</summary>
internal sealed class StartPage(HubCatalogue catalogue, DateTimeOffset now)
{
    private const int MaximumNamed = 5;

    private readonly StringBuilder html = new();

    public string Render(
        IReadOnlyList<FrameworkLevels> frameworks, IReadOnlyList<SourceStatus> sources, IReadOnlyList<OrganisationCode> uncatalogued)
    {
        html.Append("""
            <header><h1>MetricsHub</h1>
            <p>MetricsHub collects measures of access and capacity across the services of integrated care systems (ICSs) and keeps what each
            publication said. From several services together, never from one measure alone, it works out how escalated each system is.</p>
            <nav aria-label="Where to go"><ul>
            <li><a href="/swagger">API documentation</a> (<a href="/swagger/v1/swagger.json">OpenAPI</a>)</li>
            <li><a href="/api/v1/sources">Sources as JSON</a></li>
            <li><a href="/api/v1/frameworks">How levels are made</a>, number by number</li>
            <li><a href="/jobs">Jobs</a></li>
            </ul></nav></header>
            <main id="main" tabindex="-1">
            <p class="note"><strong>Not an NHS OPEL level.</strong> Levels go from 1 (least pressure) to 4. The bands and cuts behind them are
            local placeholders until a system has set them: read them as an example of the method, not as a judgement.</p>

            """);
        if (sources.Any(status => status.Source.Simulated))
        {
            html.Append("<p class=\"note\"><strong>Simulated figures.</strong> What is marked <span class=\"simulated\">simulated</span> is made up by the simulator: its organisations do not exist.</p>\n");
        }

        foreach (var levels in frameworks)
        {
            AppendFramework(levels);
        }

        OrganisationCode[] unknown = [.. uncatalogued.Where(code => !catalogue.IsSimulated(code))];
        if (unknown.Length > 0)
        {
            html.Append($"<p class=\"note\">In no level, because the catalogue does not know them, are the figures stated for: {string.Join(", ", unknown)}.</p>\n");
        }

        AppendSources(sources);
        html.Append("</main>");
        return StartPageLayout.Wrap("MetricsHub: escalation levels of integrated care systems", html.ToString());
    }

    private void AppendFramework(FrameworkLevels levels)
    {
        html.Append($"<h2>{Text(levels.Framework.Name)}</h2>\n<p>{Text(levels.Framework.Description)}</p>\n");
        if (levels.Readings is not [var first, ..])
        {
            html.Append("<p>No level could be calculated yet: no period has figures of enough services.</p>\n");
            AppendDeclaredAlone(levels);
            return;
        }

        html.Append($"<p>These are the levels at the end of <strong>{NameOf(first.Slot)}</strong>, the newest at which one could be calculated: {Age(now - first.At)} ago.</p>\n");
        html.Append($"""
            <div class="scroll" tabindex="0" role="region" aria-label="Levels, scrollable">
            <table><caption>Integrated care boards at the end of {NameOf(first.Slot)}</caption>
            <thead><tr><th scope="col">Integrated care board</th><th scope="col">Level</th><th scope="col">Declared now</th><th scope="col">Score of available points</th>
            <th scope="col">Points observable</th><th scope="col">Missing inputs</th><th scope="col">Details</th></tr></thead>
            <tbody>

            """);
        // The most escalated first; one without a level stands above all, because nobody knows how it is.
        foreach (var reading in levels.Readings.OrderByDescending(reading => reading.CalculatedLevel ?? int.MaxValue).ThenByDescending(reading => reading.ScorePercent).ThenBy(NameOf, StringComparer.Ordinal))
        {
            AppendReading(reading, levels);
        }

        html.Append("</tbody></table></div>\n");
    }

    /// <summary>What is declared stands, whether a level could be calculated or not.</summary>
    private void AppendDeclaredAlone(FrameworkLevels levels)
    {
        var told = levels.Declared.Organisations
            .Where(code => catalogue.Organisations.Find(code) is { } known && levels.Framework.AppliesTo.Contains(known.Kind))
            .Select(code => (Code: code, Spell: levels.Declared.ToldAt(now, code, levels.Framework)))
            .Where(entry => entry.Spell is not null);
        foreach (var (code, spell) in told)
        {
            html.Append($"<p>Declared for {Text(catalogue.Organisations.Find(code)!.Name)} ({code}): {DeclaredText.Of(spell, now)}</p>\n");
        }
    }

    private void AppendReading(EscalationReading reading, FrameworkLevels levels)
    {
        var name = Text(NameOf(reading));
        var level = reading.CalculatedLevel is { } number
            ? $"<span class=\"level level-{number}\">Level {number}</span>"
            : $"<span class=\"level level-none\">Not calculated</span> {Text(reading.NotCalculatedBecause!)}";
        var link = Text(EscalationEndpoints.AddressOf(reading.Organisation.ToString(), reading.At, asOf: null));
        html.Append(CultureInfo.InvariantCulture, $"""
            <tr><th scope="row">{name} ({reading.Organisation}){Mark(catalogue.IsSimulated(reading.Organisation))}</th><td data-label="Level">{level}</td>
            <td data-label="Declared now">{DeclaredText.Of(levels.Declared.ToldAt(now, reading.Organisation, levels.Framework), now)}</td>
            <td data-label="Score of available points">{reading.Outcome.Points} of {reading.Outcome.Available}</td>
            <td data-label="Points observable">{reading.ObservablePercent:0} %</td>
            <td data-label="Missing inputs">{Missing(reading)}</td>
            <td data-label="Details"><a href="{link}">JSON<span class="skip"> of {name}</span></a></td></tr>

            """);
    }

    private string NameOf(EscalationReading reading) =>
        catalogue.Organisations.Find(reading.Organisation)?.Name ?? reading.Organisation.ToString();

    /// <summary>What is missing, and what is there only in part.</summary>
    private static string Missing(EscalationReading reading)
    {
        string[] lines =
        [
            .. reading.Missing.Select(input => $"{Text(input.Indicator.Name)}: {Text(input.Value.Absence!.Value.ToText())}, {WhatIsThere(input)}"),
            .. reading.Contributions
                .Select(contribution => contribution.Reading)
                .Where(input => input.CoveragePercent < 100)
                .Select(input => $"{Text(input.Indicator.Name)}: {WhatIsThere(input)}"),
        ];
        return lines.Length == 0 ? "None" : string.Join("<br>", lines);
    }

    /// <summary>Where somebody does state this very period, a date would hide what lacks.</summary>
    private static string WhatIsThere(IndicatorReading input)
    {
        if (input.LastPeriod != input.Period)
        {
            return input.LastPeriod is { } last ? $"last for {NameOf(last)}" : "never stated";
        }

        string?[] parts =
        [
            input.Denominator > 0 ? FormattableString.Invariant($"{input.CoveragePercent:0.#} % of what is expected")
                : input.Contributors.Count > 0 ? "nothing to divide by"
                : null,
            input.Incomplete.Count > 0 ? $"stated in part: {Some(input.Incomplete.Select(incomplete => incomplete.Organisation))}" : null,
            input.Silent.Count > 0 ? $"silent: {Some(input.Silent)}" : null,
        ];
        return string.Join("; ", parts.Where(part => part is not null));
    }

    /// <summary>The first few: the page behind the link names them all.</summary>
    private static string Some(IEnumerable<OrganisationCode> codes)
    {
        OrganisationCode[] all = [.. codes];
        return string.Join(", ", all.Take(MaximumNamed)) + (all.Length > MaximumNamed ? $" and {all.Length - MaximumNamed} more" : "");
    }

    private void AppendSources(IReadOnlyList<SourceStatus> sources)
    {
        html.Append("""
            <h2>Sources</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Sources, scrollable">
            <table><caption>Where the figures come from, and how they stand</caption>
            <thead><tr><th scope="col">Source</th><th scope="col">Publisher</th><th scope="col">Status</th>
            <th scope="col">Newest period</th><th scope="col">Last run</th></tr></thead>
            <tbody>

            """);
        foreach (var status in sources)
        {
            var newest = status.NewestPeriodEnd is { } end ? $"to {Day(end.AddTicks(-1))}, {Age(now - end)} old" : "none yet";
            var run = status.Runs is { } runs ? $"{runs.Last.Outcome.ToWord()}, {Day(runs.Last.StartedAt)}" : "never";
            html.Append($"""
                <tr><th scope="row">{Text(status.Source.Name)}{Mark(status.Source.Simulated)}</th>
                <td data-label="Publisher">{Text(status.Source.Publisher)}</td><td data-label="Status">{Text(status.Word)}</td>
                <td data-label="Newest period">{newest}</td><td data-label="Last run">{run}</td></tr>

                """);
        }

        html.Append("</tbody></table></div>\n");
    }

    private static string Mark(bool isSimulated) => isSimulated ? " <span class=\"simulated\">simulated</span>" : "";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The last day of a period; of a shorter one its end, by the clock of Europe/London.</summary>
    private static string NameOf(Period period) => period.Length >= TimeSpan.FromHours(23)
        ? Day(period.End.AddTicks(-1))
        : $"the quarter of an hour to {TimeZoneInfo.ConvertTime(period.End, LondonCalendar.Zone):HH:mm} on {Day(period.End)}";

    private static string Day(DateTimeOffset instant) => LondonCalendar.DateOf(instant).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Age(TimeSpan age) => age.TotalDays >= 2
        ? FormattableString.Invariant($"{Math.Floor(age.TotalDays):0} days")
        : age.TotalHours >= 2 ? FormattableString.Invariant($"{Math.Floor(age.TotalHours):0} hours")
        : FormattableString.Invariant($"{Math.Max(0, Math.Floor(age.TotalMinutes)):0} minutes");
}
