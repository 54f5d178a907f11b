using System.Text.Json.Serialization;
using FluentValidation;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Observations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation.Explanation;

namespace MetricsHub.Api;

/// <summary>What to suppose.</summary>
/// <param name="At">A date (the end of that day in Europe/London) or an RFC 3339 instant; the instant of knowing by default.</param>
/// <param name="AsOf">Only what the hub had recorded by this RFC 3339 instant; what is known now by default.</param>
/// <param name="Framework">The framework by which to read what would be; those that judge the organisation by default.</param>
/// <param name="Version">Its version, also one of before; the one that judges on the day, or the newest, by default.</param>
/// <param name="Inputs">Inputs to suppose, at most 100; none to see another framework beside today's.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WhatIfRequest(string? At, string? AsOf, string? Framework, string? Version, IReadOnlyList<WhatIfInput>? Inputs)
{
    public Supposition ToSupposition() => new([.. (Inputs ?? []).Select(input => input.ToInput())]);
}

/// <summary>One input: an indicator with a value or missing, or a metric of an organisation with a value.</summary>
/// <param name="Indicator">The key of an indicator.</param>
/// <param name="Metric">The key of a metric, instead.</param>
/// <param name="Organisation">Whose metric: the organisation judged or one below it.</param>
/// <param name="Value">The number, in the indicator's or metric's unit; a share is a fraction of 1.</param>
/// <param name="Missing">true: the indicator has no value.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WhatIfInput(string? Indicator, string? Metric, string? Organisation, double? Value, bool? Missing)
{
    public SupposedInput ToInput() => Indicator is { } indicator
        ? new SupposedIndicator(indicator, Missing == true ? null : Value)
        : new SupposedFigure(new SeriesKey(new MetricKey(Metric!), new OrganisationCode(Organisation!)), Value!.Value);
}

internal sealed class WhatIfRequestRules : AbstractValidator<WhatIfRequest>
{
    private const int LongestVersion = 40;

    public WhatIfRequestRules(HubCatalogue catalogue, TimeProvider clock)
    {
        RuleFor(request => request.At).IsDateOrInstant();
        RuleFor(request => request.AsOf).IsAsOf(clock);
        RuleFor(request => request.Framework).IsFramework(catalogue);
        RuleFor(request => request.Version).MaximumLength(LongestVersion).WithMessage($"Expected at most {LongestVersion} characters.");
        RuleFor(request => request.Version).Null().When(request => request.Framework is null).WithMessage("Is the version of a framework, which is not named.");
        RuleFor(request => request.Inputs)
            .Cascade(CascadeMode.Stop)
            .Must(inputs => inputs is null || (inputs.Count <= ParameterRules.MaximumListLength && inputs.All(input => input is not null)))
            .WithMessage($"Expected at most {ParameterRules.MaximumListLength} inputs, none of them null.")
            .Must(inputs => inputs is null || inputs.DistinctBy(input => (input.Indicator, input.Metric, input.Organisation?.ToUpperInvariant())).Count() == inputs.Count)
            .WithMessage("An input is given more than once.");
        RuleForEach(request => request.Inputs).SetValidator(new WhatIfInputRules(catalogue));
    }
}

internal sealed class WhatIfInputRules : AbstractValidator<WhatIfInput>
{
    private const double Largest = 1e12;

    public WhatIfInputRules(HubCatalogue catalogue)
    {
        RuleFor(input => input)
            .Must(input => (input.Indicator is null) != (input.Metric is null && input.Organisation is null))
            .WithMessage("Expected an indicator, or a metric and an organisation.")
            .OverridePropertyName("");
        RuleFor(input => input.Indicator)
            .Must(key => key is null || catalogue.Indicators.ContainsKey(key)).WithMessage("There is no indicator with this key; see /api/v1/frameworks.");
        RuleFor(input => input.Metric)
            .Must(text => MetricKey.TryParse(text, out var key) && catalogue.Metrics.ContainsKey(key)).When(input => input.Indicator is null)
            .WithMessage("There is no metric with this key; see /api/v1/metrics.");
        RuleFor(input => input.Organisation).NotNull().When(input => input.Metric is not null).WithMessage("Is needed beside a metric.");
        RuleFor(input => input.Organisation).IsOrganisation(catalogue);
        RuleFor(input => input.Value)
            .Must(value => value is null or (>= -Largest and <= Largest)).WithMessage($"Expected a number from {-Largest:0} to {Largest:0}.");
        RuleFor(input => input.Value)
            .Must((input, value) => (value is not null) != (input.Missing == true)).WithMessage("Expected a value, or of an indicator that it is missing.");
        RuleFor(input => input.Missing).Must(missing => missing != true).When(input => input.Metric is not null)
            .WithMessage("Only an indicator can be supposed missing.");
    }
}
