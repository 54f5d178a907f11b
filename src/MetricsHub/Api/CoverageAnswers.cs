using FluentValidation;

namespace MetricsHub.Api;

/// <summary>Which months.</summary>
/// <param name="From">The first month: a date within it; two years before the last month by default.</param>
/// <param name="To">The last month: a date within it; the present month by default.</param>
/// <param name="Simulated">true: the simulated systems instead of the real ones.</param>
internal sealed record CoverageRequest(string? From, string? To, string? Simulated);

internal sealed class CoverageRequestRules : AbstractValidator<CoverageRequest>
{
    public const int MaximumMonths = 240;

    public CoverageRequestRules(TimeProvider clock)
    {
        RuleFor(request => request.From).IsDate();
        RuleFor(request => request.To).IsDate();
        RuleFor(request => request.Simulated).IsBoolean();
        RuleFor(request => request.To)
            .Must((request, _) => CoverageMonths.Of(request, clock) is { Count: >= 1 and <= MaximumMonths })
            .WithMessage($"From and to span 1 to {MaximumMonths} months.");
    }
}

/// <summary>For how many of the integrated care systems the hub has figures, by month and service domain.</summary>
/// <param name="Months">Oldest first.</param>
internal sealed record CoverageAnswer(IReadOnlyList<MonthCoverage> Months);

/// <param name="Month">The month: <c>2025-12</c>.</param>
/// <param name="Systems">How many systems were open on its last day.</param>
/// <param name="Domains">Every service domain of the catalogue, also those without a figure.</param>
internal sealed record MonthCoverage(string Month, int Systems, IReadOnlyList<DomainCoverage> Domains);

/// <param name="ServiceDomain">The service domain's key.</param>
/// <param name="Covered">How many of the systems have at least one number in it: of their own, of what is below them, or of one that serves them.</param>
internal sealed record DomainCoverage(string ServiceDomain, int Covered);
