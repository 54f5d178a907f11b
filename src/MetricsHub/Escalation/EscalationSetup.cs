using MetricsHub.Escalation.Explanation;

namespace MetricsHub.Escalation;

internal static class EscalationSetup
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton<EvaluationMeter>()
        .AddSingleton<EvaluationBasis>()
        .AddSingleton<FigureWindows>()
        .AddSingleton<LevelWalk>()
        .AddSingleton<LevelReader>()
        .AddSingleton<LevelHistory>()
        .AddSingleton<FrameworkDifferences>()
        .AddSingleton<Evaluator>()
        .AddSingleton<EscalationReader>()
        .AddSingleton<RollUpReader>()
        .AddSingleton<DeclarationReader>()
        .AddSingleton<LevelReportReader>()
        .AddSingleton<HeadroomReader>()
        .AddExplanation();
}
