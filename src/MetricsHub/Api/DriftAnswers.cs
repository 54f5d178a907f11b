using MetricsHub.Catalogue;
using MetricsHub.Domain.Levels;

namespace MetricsHub.Api;

/// <summary>How far what was declared and what was shown went apart.</summary>
/// <param name="Organisation">The organisation judged.</param>
/// <param name="Framework">The framework's key.</param>
/// <param name="From">Where the time starts.</param>
/// <param name="To">Where it ends, exclusive.</param>
/// <param name="AsOf">The instant of knowing: nothing recorded later went in.</param>
/// <param name="DeclaredSeconds">For how long of it anything was declared.</param>
/// <param name="SamePercent">The share of the declared time in which the same level was shown; null where nothing was declared. So with the next three, which make 100 with it.</param>
/// <param name="AbovePercent">The share in which more was declared than was shown.</param>
/// <param name="BelowPercent">The share in which less was declared than was shown.</param>
/// <param name="NotCalculatedPercent">The share in which no level was shown: never known, or unknown for longer than it is held.</param>
/// <param name="AgreementPercent">Of the time in which both were there, the share in which they were equal; null where there was none.</param>
/// <param name="AgreementWithinOnePercent">Of the same time, the share in which they were at most one apart.</param>
/// <param name="Items">The declared time, cut wherever one of the two levels changed; oldest first.</param>
/// <param name="Next">Always null: the report comes in one piece.</param>
internal sealed record DriftAnswer(
    OrganisationName Organisation,
    string Framework,
    DateTimeOffset From,
    DateTimeOffset To,
    DateTimeOffset AsOf,
    long DeclaredSeconds,
    double? SamePercent,
    double? AbovePercent,
    double? BelowPercent,
    double? NotCalculatedPercent,
    double? AgreementPercent,
    double? AgreementWithinOnePercent,
    IReadOnlyList<DriftItem> Items,
    string? Next)
{
    public static DriftAnswer Of(LevelHeading heading, DriftReport report, IReadOnlyList<DriftItem> items) => new(
        heading.Organisation,
        heading.Framework,
        heading.From,
        heading.To,
        heading.AsOf,
        (long)report.Declared.TotalSeconds,
        100 * report.ShareOf(DriftRelation.Same),
        100 * report.ShareOf(DriftRelation.Above),
        100 * report.ShareOf(DriftRelation.Below),
        100 * report.ShareOf(DriftRelation.NotCalculated),
        100 * report.Agreement,
        100 * report.AgreementWithinOne,
        items,
        Next: null);
}

/// <summary>A time over which one declared level stood and one level, or none, was shown.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="DeclaredLevel">1 to 4.</param>
/// <param name="ShownLevel">1 to 4, held ones among them; null where none was shown.</param>
/// <param name="Relation">same; above (more was declared than was shown); below; not-calculated.</param>
/// <param name="Declaration">Which declaration.</param>
/// <param name="Actor">Who declared it.</param>
/// <param name="Reason">Why, in the words of who declared it.</param>
internal sealed record DriftItem(
    DateTimeOffset Start, DateTimeOffset End, int DeclaredLevel, int? ShownLevel, string Relation, long Declaration, string Actor, string Reason)
{
    public static DriftItem Of(DriftSpell spell) => new(
        spell.Start, spell.End, spell.Declaration.Level, spell.ShownLevel, spell.Relation.ToWord(), spell.Declaration.Number, spell.Declaration.Actor, spell.Declaration.Reason);
}
