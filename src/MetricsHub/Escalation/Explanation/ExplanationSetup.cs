namespace MetricsHub.Escalation.Explanation;

internal static class ExplanationSetup
{
    public static IServiceCollection AddExplanation(this IServiceCollection services) =>
        services
            .AddSingleton<DerivationReader>()
            .AddSingleton<ExplanationReader>()
            .AddSingleton<RulesLibrary>()
            .AddSingleton<WhatIfReader>()
            .AddSingleton<ComparisonReader>()
            .AddHostedService<RulesEntry>();
}
