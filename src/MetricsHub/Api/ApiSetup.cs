using System.Reflection;
using FluentValidation;
using MetricsHub.Access;
using MetricsHub.Api.Boards;

namespace MetricsHub.Api;

/// <summary>
/// The API: reads from the stores and from the escalation reader, never from a source; what is pushed it hands to the collection. Needs the
/// catalogue, both stores, a <see cref="TimeProvider"/> and the escalation reader among the services, and the collection for pushes.
/// </summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));

        // A parameter that cannot be bound is a 400 in every environment; in Development the framework would throw, and answer 500.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        services.AddProblems();
        services.AddExceptionHandler<AwayHandler>();
        services.AddAccess();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<SourceStatusReader>();
        services.AddSingleton<UncataloguedOrganisations>();
        services.AddSingleton<CoverageReader>();
        services.AddSingleton<IValidator<OrganisationsRequest>, OrganisationsRequestRules>();
        services.AddSingleton<IValidator<OrganisationRequest>, OrganisationRequestRules>();
        services.AddSingleton<IValidator<PublicationsRequest>, PublicationsRequestRules>();
        services.AddSingleton<IValidator<RejectionsRequest>, RejectionsRequestRules>();
        services.AddSingleton<IValidator<ObservationsRequest>, ObservationsRequestRules>();
        services.AddSingleton<IValidator<LatestRequest>, LatestRequestRules>();
        services.AddSingleton<IValidator<EscalationRequest>, EscalationRequestRules>();
        services.AddSingleton<IValidator<EscalationHistoryRequest>, EscalationHistoryRequestRules>();
        services.AddSingleton<IValidator<RollUpRequest>, RollUpRequestRules>();
        services.AddSingleton<IValidator<ExplanationRequest>, ExplanationRequestRules>();
        services.AddSingleton<IValidator<ComparisonRequest>, ComparisonRequestRules>();
        services.AddSingleton<IValidator<WhatIfRequest>, WhatIfRequestRules>();
        services.AddSingleton<IValidator<DifferencesRequest>, DifferencesRequestRules>();
        services.AddSingleton<IValidator<CoverageRequest>, CoverageRequestRules>();
        services.AddSingleton<IValidator<PushRequest>, PushRequestRules>();
        services.AddDeclarations();
        services.AddLevels();
        services.AddHeadroom();
        services.AddBoards();
        services.AddAdministration();
        return services.AddApiDocument();
    }

    /// <summary>
    /// The part of the pipeline that has to come first, in this order: kept answers before all that costs time; headers, the refusal of
    /// what other sites' pages send, errors and routing for everything else. Static files, the job dashboard and every <c>Map…</c> come after it.
    /// </summary>
    public static WebApplication UseApi(this WebApplication app)
    {
        app.UseTrustedProxies();
        var cache = app.Services.GetRequiredService<AnswerCache>();
        app.Use(next => context => cache.InvokeAsync(context, next));
        app.Use(SecurityHeaders.Middleware);
        app.UseOwnPagesOnly();
        app.UseExceptionHandler();
        app.UseStatusCodePages();

        // Said here, because the framework would otherwise route in front of the kept answers.
        app.UseRouting();
        app.UseAccess();
        app.Use(next => context => cache.TakeKeptAsync(context, next));
        return app;
    }

    public static WebApplication MapApi(this WebApplication app)
    {
        // Whom each part lets in is said here; what an endpoint says itself wins.
        var definitions = app.MapGroup(Root).LetsIn(AccessRule.Definitions);
        definitions.MapOrganisations();
        definitions.MapMetrics();
        definitions.MapChecks();
        definitions.MapFrameworks();
        definitions.MapEvaluation();
        definitions.MapCoverage();
        definitions.MapReference();
        var collected = app.MapGroup(Root).LetsIn(AccessRule.Collected);
        collected.MapSources();
        collected.MapPublications();
        app.MapGroup(Root).LetsIn(AccessRule.Refused).MapRejections();
        var figures = app.MapGroup(Root).LetsIn(AccessRule.Figures);
        figures.MapObservations();
        figures.MapEscalation();
        figures.MapDeclarations();
        figures.MapLevels();
        figures.MapHeadroom();
        app.MapGroup(Root).MapBoards();
        app.MapGroup(Root).LetsIn(AccessRule.Pushing).MapPushes();
        var administration = app.MapGroup(Root).LetsIn(AccessRule.Administration);
        administration.MapReplays();
        administration.MapKeys();
        administration.MapActions();
        administration.MapBackups();
        app.MapHealth();
        app.MapApiDocument();
        return app;
    }

    public static string Version { get; } =
        typeof(ApiSetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
