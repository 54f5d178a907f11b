using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using MetricsHub.Pages;
using Xunit;

namespace MetricsHub.Tests.Api;

public sealed class StartPageTests
{
    [Fact]
    public async Task StartPage_OneSystemCalculable_ShowsItsLevelAndWhyTheOthersHaveNone()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var page = await ReadAsync(host);

        var rows = page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr");
        Assert.Equal(42, rows.Length);
        var surrey = rows.Single(row => row.QuerySelector("th")!.TextContent.StartsWith("NHS Surrey Heartlands", StringComparison.Ordinal));
        Assert.Equal("Level 3", surrey.QuerySelector(".level")!.TextContent);
        Assert.Contains("5 of 9", surrey.TextContent, StringComparison.Ordinal);
        Assert.Contains("75 %", surrey.TextContent, StringComparison.Ordinal);
        Assert.Contains("(type 3): late, never stated", surrey.TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/v1/organisations/QXU/escalation?at=2024-06-30T23%3A00%3A00Z", surrey.QuerySelector("a")!.GetAttribute("href"));
        var other = rows.First(row => row != surrey);
        Assert.Equal("Not calculated", other.QuerySelector(".level")!.TextContent);
        Assert.Contains("at least 3 are required", other.TextContent, StringComparison.Ordinal);
        Assert.Contains("30 June 2024", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("563 days ago", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartPage_NothingToDivideByAndASiblingSilent_SaysSoInsteadOfADate()
    {
        await using var host = await ApiHost.StartAsync();
        var may = LondonCalendar.Month(2024, 5);
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Store.Add(
            Figures.Of("utc-type-3-attendances-all", "RA2", Figures.June, 0),
            Figures.Of("utc-type-3-over-4h-all", "RA2", Figures.June, 0),
            Figures.Of("utc-type-3-attendances-all", "RTP", may, 40),
            Figures.Of("utc-type-3-over-4h-all", "RTP", may, 4));

        var page = await ReadAsync(host);

        var surrey = page.QuerySelectorAll("tbody tr").Single(row => row.TextContent.StartsWith("NHS Surrey Heartlands", StringComparison.Ordinal));
        var missing = surrey.QuerySelector("td[data-label='Missing inputs']")!.TextContent;
        Assert.Matches(@"type 3\): late, nothing to divide by; silent: [A-Z0-9, ]*\bRTP\b", missing);
        Assert.DoesNotContain("last for 30 June 2024", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartPage_OnlyPartOfAnInputStated_SaysByWhom()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Store.Add(Figures.Of("utc-type-3-attendances-all", "RA2", Figures.June, 10));

        var page = await ReadAsync(host);

        Assert.Contains("late, stated in part: RA2; silent: ", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartPage_DeclaredLevel_StandsBesideTheCalculatedOneWithWhoWhyAndUntilWhen()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Ledger.Declarations.Add(Declare("QXU", ApiHost.Now.AddHours(8)));

        var surrey = (await ReadAsync(host)).QuerySelectorAll("tbody tr").Single(row => row.TextContent.StartsWith("NHS Surrey Heartlands", StringComparison.Ordinal));

        Assert.Equal("Level 3", surrey.QuerySelector("td[data-label='Level'] .level")!.TextContent);
        var declared = surrey.QuerySelector("td[data-label='Declared now']")!;
        Assert.Equal("Level 4 declared by somebody <b> until 15 January 2026 at 20:00: Two wards closed", declared.TextContent);
        Assert.Empty(declared.QuerySelectorAll("b"));
    }

    [Fact]
    public async Task StartPage_DeclaredLevelWhoseTimeIsOver_IsSaidAsExpiredAndIsNoLevel()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));
        host.Ledger.Declarations.Add(Declare("QXU", ApiHost.Now.AddHours(-1)));

        var cells = (await ReadAsync(host)).QuerySelectorAll("td[data-label='Declared now']");

        Assert.Contains("None: level 4, declared by somebody <b>, expired on 15 January 2026 at 11:00", cells.Select(cell => cell.TextContent));
        Assert.All(cells, cell => Assert.Null(cell.QuerySelector(".level")));
    }

    [Fact]
    public async Task StartPage_DeclaredWhereNoLevelCouldBeCalculated_IsShownAllTheSame()
    {
        await using var host = await ApiHost.StartAsync();
        host.Ledger.Declarations.Add(Declare("QXU", ApiHost.Now.AddHours(8)));

        Assert.Contains("Declared for NHS Surrey Heartlands Integrated Care Board (QXU): Level 4", (await ReadAsync(host)).Body!.TextContent, StringComparison.Ordinal);
    }

    private static Declaration Declare(string organisation, DateTimeOffset until) =>
        new(1, new OrganisationCode(organisation), null, 4, "Two wards closed", "somebody <b>", ApiHost.Now.AddHours(-2), until);

    [Fact]
    public async Task StartPage_NothingStored_SaysThatNoLevelCouldBeCalculated()
    {
        await using var host = await ApiHost.StartAsync();

        var page = await ReadAsync(host);

        Assert.Contains("No level could be calculated yet", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("never-run", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartPage_ForEveryReader_SaysWhatItIsNotAndCanBeReadByAMachine()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var page = await ReadAsync(host);

        Assert.Contains("Not an NHS OPEL level", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("local placeholders", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("#main", page.QuerySelector("a")!.GetAttribute("href"));
        Assert.NotNull(page.QuerySelector("main#main"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.NotNull(table.QuerySelector("caption")));
        Assert.All(page.QuerySelectorAll("th"), cell => Assert.NotNull(cell.GetAttribute("scope")));
        Assert.Empty(page.QuerySelectorAll("script"));
        string[] links = [.. page.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!)];
        Assert.All(["/swagger", "/jobs", "/api/v1/sources"], link => Assert.Contains(link, links));
    }

    [Fact]
    public async Task StartPage_OnANarrowScreen_StacksCellsThatBearTheirColumnsNames()
    {
        await using var host = await ApiHost.StartAsync();
        host.Store.Add(Figures.OfSurrey(Figures.June));

        var page = await ReadAsync(host);

        // A level that is seen while its caveats are beyond the edge of the screen would be read without them.
        Assert.Contains("@media(max-width:600px)", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("table").Length);
        Assert.All(page.QuerySelectorAll("table"), table =>
        {
            string[] columns = [.. table.QuerySelectorAll("thead th").Skip(1).Select(cell => cell.TextContent)];
            Assert.All(
                table.QuerySelectorAll("tbody tr"),
                row => Assert.Equal(columns, row.QuerySelectorAll("td").Select(cell => cell.GetAttribute("data-label"))));
        });
    }

    [Fact]
    public async Task StartPage_Headers_AllowItsOwnStyleAndNothingElse()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.GetAsync("/");
        var style = new HtmlParser().ParseDocument(await response.TextAsync()).QuerySelector("style")!.TextContent;

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains($"style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public void StartPage_NamesWithMarkup_AreEncoded()
    {
        var catalogue = ApiHost.Catalogue;
        var source = catalogue.Sources.Values.First() with { Name = "<script>alert(1)</script>", Publisher = "\"&<b>" };

        var text = new StartPage(catalogue, ApiHost.Now).Render([], [new(source, "fresh", null, null, null, IsPending: false)], []);

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", text, StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> ReadAsync(ApiHost host)
    {
        using var response = await host.GetAsync("/");
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return new HtmlParser().ParseDocument(await response.TextAsync());
    }
}
