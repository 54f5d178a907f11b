using MetricsHub.Domain.Time;

namespace MetricsHub.Domain.Organisations;

/// <summary>Anything with an ODS code and dates: site, practice, provider, place, system (ICB), region, nation.</summary>
/// <param name="Valid">The days on which the code is open; an open end means that no publisher states one.</param>
/// <param name="OnsCode">The Office for National Statistics' code of the area, where there is one (<c>E54000039</c>).</param>
/// <param name="Source">Which publisher's file states the organisation.</param>
/// <param name="Simulated">Whether it is made up: nothing that is stated of it is real.</param>
public sealed record Organisation(
    OrganisationCode Code,
    string Name,
    OrganisationKind Kind,
    DateSpan Valid,
    string? OnsCode,
    string Source,
    bool Simulated = false);
