using System.Text.Json.Serialization;
using MetricsHub.Catalogue;
using MetricsHub.Domain.Declarations;

namespace MetricsHub.Api;

/// <summary>A level to declare. Who declares it is whom the hub recognises, never what a body says.</summary>
/// <param name="Level">1 (least pressure) to 4.</param>
/// <param name="Reason">Why, in 1 to 500 characters on one line; nothing that tells of a patient.</param>
/// <param name="Until">When it expires: an RFC 3339 instant with its offset, after now and at most 7 days ahead unless the hub is set otherwise.</param>
/// <param name="Framework">The key of the framework on whose scale it is declared; null where it is to stand beside every framework's reading.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DeclarationBody(int? Level, string? Reason, string? Until, string? Framework);

/// <summary>Why a declared level ends before its time.</summary>
/// <param name="Reason">Why, in 1 to 500 characters on one line; nothing that tells of a patient.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DeclarationEndBody(string? Reason);

/// <summary>What was declared for an organisation. A declared level changes neither the calculated nor the shown one.</summary>
/// <param name="Organisation">For whom.</param>
/// <param name="AsOf">The instant of knowing: nothing declared or ended later is in it, and each status is that of this instant.</param>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Always null: the list is whole.</param>
internal sealed record DeclarationsAnswer(OrganisationName Organisation, DateTimeOffset AsOf, IReadOnlyList<DeclarationItem> Items, string? Next);

/// <summary>A declared level.</summary>
/// <param name="Number">Which declaration it is.</param>
/// <param name="Framework">The framework on whose scale it is declared; null where it stands beside every framework's reading.</param>
/// <param name="Level">1 (least pressure) to 4.</param>
/// <param name="Reason">Why, in the words of who declared it.</param>
/// <param name="Actor">Who declared it, as far as the hub recognises its callers.</param>
/// <param name="DeclaredAt">From when on it stands.</param>
/// <param name="Until">When it expires, as it was declared.</param>
/// <param name="Status">standing; expired (its time is over); ended (somebody ended it early); replaced (by a newer one).</param>
/// <param name="Text">The same in words: one that is over is never to be shown as if it stood.</param>
/// <param name="StoodUntil">When it stopped standing; null while it stands.</param>
/// <param name="EndedBy">Who ended it early; null where nobody did.</param>
/// <param name="EndReason">Why it was ended early; null where it was not.</param>
internal sealed record DeclarationItem(
    long Number,
    string? Framework,
    int Level,
    string Reason,
    string Actor,
    DateTimeOffset DeclaredAt,
    DateTimeOffset Until,
    string Status,
    string Text,
    DateTimeOffset? StoodUntil,
    string? EndedBy,
    string? EndReason)
{
    /// <param name="at">At which instant it is told how it stands.</param>
    public static DeclarationItem Of(DeclaredSpell spell, DateTimeOffset at)
    {
        var (declaration, status) = (spell.Declaration, spell.StatusAt(at));
        return new DeclarationItem(
            declaration.Number,
            declaration.Framework,
            declaration.Level,
            declaration.Reason,
            declaration.Actor,
            declaration.DeclaredAt,
            declaration.Until,
            status.ToWord(),
            status == DeclarationStatus.Standing
                ? $"{declaration.Level}, declared until {ApiJson.ToText(declaration.Until)}"
                : $"none: the declared {declaration.Level} {(status == DeclarationStatus.Expired ? "expired" : $"was {status.ToWord()}")} at {ApiJson.ToText(spell.End)}",
            status == DeclarationStatus.Standing ? null : spell.End,
            declaration.Ending?.Actor,
            declaration.Ending?.Reason);
    }

    public static DeclarationItem? ToldOf(DeclaredSpell? spell, DateTimeOffset at) => spell is null ? null : Of(spell, at);
}
