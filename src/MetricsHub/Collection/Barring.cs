using MetricsHub.Domain.Privacy;
using MetricsHub.Storage;

namespace MetricsHub.Collection;

/// <summary>Enters a publication that the gate did not let in: its hash and the reason, and its name where that names nobody.</summary>
internal sealed partial class Barring(ILedger ledger, CollectionMeter meter, ILogger<Barring> logger)
{
    private const string Withheld = "(name withheld)";

    /// <param name="reason">Which rule barred it, and where; never a value.</param>
    /// <returns>What a run or an answer says of it.</returns>
    public async Task<string> BarAsync(NewPublication publication, string reason, CancellationToken cancellationToken)
    {
        var barred = MayNamePatient(publication) ? publication with { Address = Withheld, FileName = Withheld, LinkText = null } : publication;
        await ledger.BarPublicationAsync(barred, reason, cancellationToken);
        meter.Ended(barred.Source, PublicationState.Barred);
        LogBarred(barred.Source.ToString(), barred.FileName, reason);
        return $"{barred.FileName}: barred, because it may hold data about patients: {reason}";
    }

    /// <summary>Whether an address or a name may itself hold an NHS number.</summary>
    public static bool MayNamePatient(NewPublication publication) =>
        NhsNumber.MayStandIn(publication.Address) || NhsNumber.MayStandIn(publication.FileName) || NhsNumber.MayStandIn(publication.LinkText);

    [LoggerMessage(EventId = 2000, Level = LogLevel.Error, Message = "{Source}: barred {FileName}: {Reason}")]
    private partial void LogBarred(string source, string fileName, string reason);
}
