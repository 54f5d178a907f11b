using MetricsHub.Escalation.Explanation;

namespace MetricsHub.Escalation;

internal static class EscalationSetup
{
    public static IServiceCollection AddEscalation(this IServiceCollection services) =>
        services.AddSingleton<EscalationReader>().AddExplanation();
}
