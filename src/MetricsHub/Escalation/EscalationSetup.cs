namespace MetricsHub.Escalation;

internal static class EscalationSetup
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) => services
        .AddSingleton<EvaluationBasis>()
        .AddSingleton<FigureWindows>()
        .AddSingleton<LevelWalk>()
        .AddSingleton<LevelReader>()
        .AddSingleton<LevelHistory>()
        .AddSingleton<FrameworkDifferences>()
        .AddSingleton<Evaluator>()
        .AddSingleton<EscalationReader>();
}
