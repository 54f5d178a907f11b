using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Tests.Api;

/// <summary>Declarations are read from a list; those who make some need a real ledger.</summary>
internal sealed partial class FakeLedger
{
    public List<Declaration> Declarations { get; } = [];

    public Task<IReadOnlyList<Declaration>> ListDeclarationsAsync(OrganisationCode? organisation, DateTimeOffset? asOf, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Declaration>>(
        [
            .. Declarations
                .Where(declaration => (organisation is null || declaration.Organisation == organisation) && !(declaration.DeclaredAt > asOf))
                .Select(declaration => declaration.Ending?.At > asOf ? declaration with { Ending = null } : declaration)
                .OrderBy(declaration => declaration.DeclaredAt),
        ]);

    public Task<Declaration?> FindDeclarationAsync(OrganisationCode organisation, string idempotencyKey, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<Declaration> DeclareAsync(NewDeclaration declaration, CancellationToken cancellationToken) => throw OnlyRead();

    public Task<Declaration> EndDeclarationAsync(long number, DeclarationEnding ending, CancellationToken cancellationToken) => throw OnlyRead();
}
