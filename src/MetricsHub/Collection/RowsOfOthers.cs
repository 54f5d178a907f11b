using MetricsHub.Catalogue;
using MetricsHub.Domain.Access;
using MetricsHub.Domain.Organisations;
using MetricsHub.Sources.Pushes;

namespace MetricsHub.Collection;

/// <summary>
/// Finds what somebody pushes about organisations that they may not speak for. The rows are read as they are read when they are taken in, so
/// that nothing is one organisation's here and another's there.
/// </summary>
internal static class RowsOfOthers
{
    /// <param name="grants">What the sender may do; one of them has to hold for the whole push.</param>
    /// <param name="today">The day in Europe/London.</param>
    /// <returns>The numbers of the rows, in order: those of others, and those that do not tell whose they are. None where all may be taken.</returns>
    /// <exception cref="Sources.PublicationFormatException">The sender is limited, and there are no rows to read.</exception>
    public static IReadOnlyList<int> In(ReadOnlyMemory<byte> body, SourceDefinition source, IReadOnlyList<Grant> grants, OrganisationTree organisations, DateOnly today)
    {
        var own = grants.Where(grant => grant.Allows(Scopes.Write) && grant.Covers(source.Key)).ToList();
        if (own.Exists(grant => grant.Organisations is null))
        {
            return [];
        }

        var rows = PushedRows.Read(body, source.Pushed!.Fhir);
        var others = own.Select(grant => rows.Where(row => !IsAbout(row, grant)).Select(row => row.Number).ToList()).ToList();
        return others.MinBy(numbers => numbers.Count) ?? [.. rows.Select(row => row.Number)];

        bool IsAbout(PushedRow row, Grant grant) =>
            row.Problem is null && OrganisationCode.TryParse(row.Organisation, out var organisation) && grant.Covers(organisation, organisations, today);
    }
}
