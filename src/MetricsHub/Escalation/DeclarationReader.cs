using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Escalation;

/// <summary>Reads what people have declared, to be told beside what was calculated.</summary>
internal sealed class DeclarationReader(ILedger ledger)
{
    /// <param name="organisation">Null for all.</param>
    /// <param name="asOf">Only what had been declared and ended by then; null for what is known now.</param>
    public async Task<DeclaredLevels> ReadAsync(OrganisationCode? organisation, DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        new(await ledger.ListDeclarationsAsync(organisation, asOf, cancellationToken));
}

/// <summary>Declarations as they are known at one instant.</summary>
internal sealed class DeclaredLevels(IReadOnlyList<Declaration> declarations)
{
    private readonly ILookup<OrganisationCode, Declaration> of = declarations.ToLookup(declaration => declaration.Organisation);

    /// <summary>For whom anything was ever declared, by code.</summary>
    public IEnumerable<OrganisationCode> Organisations => of.Select(group => group.Key).Order();

    /// <summary>What is to be told beside a framework's reading: what stands at an instant, or what has ended within the day before.</summary>
    public DeclaredSpell? ToldAt(DateTimeOffset at, OrganisationCode organisation, Framework framework) =>
        DeclaredSpell.ToldAt(at, Beside(organisation, framework.Key));

    /// <summary>What was declared beside a framework's readings, oldest first.</summary>
    public IReadOnlyList<DeclaredSpell> Beside(OrganisationCode organisation, string framework) => DeclaredSpell.Beside(framework, of[organisation]);

    /// <summary>Everything that was declared for an organisation, oldest first.</summary>
    public IReadOnlyList<DeclaredSpell> Of(OrganisationCode organisation) => DeclaredSpell.Of(of[organisation]);
}
