using MetricsHub.Catalogue;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Metrics;
using MetricsHub.Domain.Organisations;
using MetricsHub.Escalation;

namespace MetricsHub.Api.Boards;

/// <summary>Readings for boards: those of the escalation reader, kept for a moment.</summary>
internal sealed class BoardReadings(HubCatalogue catalogue, EscalationReader reader, DeclarationReader declarations, BoardKeeper keeper)
{
    /// <summary>Every framework's reading at an instant, or one's: finest grid first; none where none judges the organisation.</summary>
    public async Task<IReadOnlyList<FrameworkReading>> ReadAsync(
        Organisation organisation, string? framework, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Readings stand at the ends of slots: every instant of a quarter of an hour has the same ones.
        var instant = Grid.SlotAt(Cadence.QuarterHour, at).End;
        var found = await keeper.CurrentAsync(
            ("readings", organisation.Code, framework, instant),
            () => reader.ReadAsync(organisation, instant, asOf: null, CancellationToken.None, framework),
            cancellationToken);
        return [.. found.OrderBy(each => each.Reading.Framework.Grid)];
    }

    /// <summary>The versions of a framework that may judge an organisation of this kind.</summary>
    public IReadOnlyList<Framework> VersionsOf(string framework, Organisation organisation) =>
        [.. catalogue.Frameworks.Where(version => version.Key == framework && version.AppliesTo.Contains(organisation.Kind))];

    public Task<DeclaredLevels> DeclaredAsync(Organisation organisation, CancellationToken cancellationToken) => keeper.CurrentAsync(
        ("declared", organisation.Code), () => declarations.ReadAsync(organisation.Code, asOf: null, CancellationToken.None), cancellationToken);
}
