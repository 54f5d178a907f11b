using MetricsHub.Catalogue;
using MetricsHub.Domain.Organisations;
using MetricsHub.Storage;

namespace MetricsHub.Api;

/// <summary>
/// The codes that statements use and the catalogue does not know: a publisher wrote them, so that they are listed and can be asked for,
/// although they are below nobody and in no sum. They are those known now, whatever day or instant of knowing an answer speaks of.
/// </summary>
internal sealed class UncataloguedOrganisations(IObservationStore store, HubCatalogue catalogue)
{
    private Found? last;

    /// <summary>By code.</summary>
    public async ValueTask<IReadOnlyList<OrganisationCode>> ListAsync(CancellationToken cancellationToken)
    {
        // Read before the list: what is recorded meanwhile makes the list old, never wrongly new.
        var version = store.Version;
        if (Volatile.Read(ref last) is { } known && known.Version == version)
        {
            return known.Codes;
        }

        var series = await store.ListSeriesAsync(SeriesSelection.All, cancellationToken);
        OrganisationCode[] codes =
        [
            .. series
                .Select(extent => extent.Series.Organisation)
                .Distinct()
                .Where(code => catalogue.Organisations.Find(code) is null)
                .Order(),
        ];
        Volatile.Write(ref last, new Found(version, codes));
        return codes;
    }

    private sealed record Found(long Version, IReadOnlyList<OrganisationCode> Codes);
}
