using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Reference;

/// <summary>What one publication states of the world that figures are about: not of how much, but of who and when.</summary>
/// <param name="BankHolidays">Those of England and Wales.</param>
public sealed record ReferenceFacts(
    IReadOnlyList<BankHolidayFact> BankHolidays, IReadOnlyList<OrganisationFact> Organisations, IReadOnlyList<SuccessionFact> Successions)
{
    public static readonly ReferenceFacts None = new([], [], []);

    public int Count => BankHolidays.Count + Organisations.Count + Successions.Count;
}

public sealed record BankHolidayFact(DateOnly Date, string Title);

/// <param name="Valid">The days on which the code is open, by the publisher.</param>
public sealed record OrganisationFact(OrganisationCode Code, string Name, OrganisationKind Kind, DateSpan Valid);

/// <param name="Date">The successor's first day.</param>
public sealed record SuccessionFact(OrganisationCode Predecessor, OrganisationCode Successor, DateOnly Date);
