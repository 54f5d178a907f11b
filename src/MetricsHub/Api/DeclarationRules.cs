using FluentValidation;

namespace MetricsHub.Api;

/// <summary>Which declarations are known.</summary>
/// <param name="AsOf">Only what had been declared and ended by this RFC 3339 instant; what is known now by default.</param>
internal sealed record DeclarationsRequest(string? AsOf);

internal sealed class DeclarationsRequestRules : AbstractValidator<DeclarationsRequest>
{
    public DeclarationsRequestRules(TimeProvider clock) => RuleFor(request => request.AsOf).IsAsOf(clock);
}

internal sealed class DeclarationBodyRules : AbstractValidator<DeclarationBody>
{
    public const int LongestReason = 500;

    public DeclarationBodyRules()
    {
        RuleFor(body => body.Level).Must(level => level is >= 1 and <= 4).WithMessage("Expected a whole number from 1 to 4.");
        RuleFor(body => body.Reason).Must(IsReason).WithMessage(ExpectedReason);
        RuleFor(body => body.Until).Must(text => ApiTime.TryParseInstant(text, out _)).WithMessage(ApiTime.Instant);
    }

    public static string ExpectedReason => $"Expected 1 to {LongestReason} characters on one line.";

    public static bool IsReason(string? text) => text?.Trim() is { Length: >= 1 and <= LongestReason } reason && !reason.Any(char.IsControl);
}

internal sealed class DeclarationEndBodyRules : AbstractValidator<DeclarationEndBody>
{
    public DeclarationEndBodyRules() =>
        RuleFor(body => body.Reason).Must(DeclarationBodyRules.IsReason).WithMessage(DeclarationBodyRules.ExpectedReason);
}
