using MetricsHub.Api;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;

namespace MetricsHub.Pages;

/// <summary>Pages for people, made on the server: they need no script.</summary>
internal static class PagesSetup
{
    public static WebApplication MapPages(this WebApplication app)
    {
        // HEAD is answered by AnswerCache, which covers this page as well.
        app.MapGet("/", StartAsync).ExcludeFromDescription();
        return app;
    }

    internal static async Task<IResult> StartAsync(
        HubCatalogue catalogue,
        EscalationReader reader,
        DeclarationReader declarations,
        SourceStatusReader sources,
        UncataloguedOrganisations uncatalogued,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var declared = await declarations.ReadAsync(organisation: null, asOf: null, cancellationToken);
        DeclarationEndpoints.HoldWhileTheyStand(context, declared.Organisations.SelectMany(declared.Of), now);
        var levels = new List<FrameworkLevels>();
        foreach (var framework in catalogue.Frameworks.Where(framework => !framework.IsShadow && framework.AppliesTo.Contains(OrganisationKind.System)))
        {
            levels.Add(new FrameworkLevels(framework, await reader.ReadLatestOfAllAsync(framework, OrganisationKind.System, cancellationToken), declared));
        }

        var page = new StartPage(catalogue, now).Render(
            levels, await sources.ReadAsync(cancellationToken), await uncatalogued.ListAsync(cancellationToken));
        return TypedResults.Content(page, "text/html; charset=utf-8");
    }
}
