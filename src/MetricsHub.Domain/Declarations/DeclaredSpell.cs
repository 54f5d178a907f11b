namespace MetricsHub.Domain.Declarations;

/// <summary>How a declaration stands at an instant.</summary>
public enum DeclarationStatus
{
    Standing,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Somebody ended it early.</summary>
    Ended,

    /// <summary>A newer declaration has taken its place.</summary>
    Replaced,
}

/// <summary>The time over which a declaration stood: from its making to its expiry, its early end, or the next declaration, whichever came first.</summary>
/// <param name="End">Exclusive; the start itself where the next declaration was made at the same instant.</param>
/// <param name="EndedBy">What ends it; never <see cref="DeclarationStatus.Standing"/>.</param>
public sealed record DeclaredSpell(Declaration Declaration, DateTimeOffset End, DeclarationStatus EndedBy)
{
    /// <summary>For how long after its end a declaration is still told, as one that is over: it is not dropped without a word.</summary>
    public static readonly TimeSpan ToldAfterEnd = TimeSpan.FromDays(1);

    public DateTimeOffset Start => Declaration.DeclaredAt;

    public DeclarationStatus StatusAt(DateTimeOffset at) => at < End ? DeclarationStatus.Standing : EndedBy;

    /// <summary>Every declaration with the time over which it stood, oldest first; one for a single framework replaces none that is for all.</summary>
    public static IReadOnlyList<DeclaredSpell> Of(IEnumerable<Declaration> declarations)
    {
        var ordered = InOrder(declarations);
        return [.. ordered.Select((declaration, index) => Of(declaration, ordered.Skip(index + 1).FirstOrDefault(later => later.Replaces(declaration))))];
    }

    /// <summary>What was declared beside a framework's readings, oldest first: no two of them at once, and one that is replaced does not come back.</summary>
    public static IReadOnlyList<DeclaredSpell> Beside(string framework, IEnumerable<Declaration> declarations)
    {
        var ordered = InOrder(declarations.Where(declaration => declaration.StandsBeside(framework)));
        return [.. ordered.Select((declaration, index) => Of(declaration, ordered.ElementAtOrDefault(index + 1)))];
    }

    /// <summary>What is to be told at an instant: the newest declaration made by then, unless it has been over for more than a day.</summary>
    public static DeclaredSpell? ToldAt(DateTimeOffset at, IEnumerable<DeclaredSpell> spells) =>
        spells.LastOrDefault(spell => spell.Start <= at) is { } newest && at - newest.End < ToldAfterEnd ? newest : null;

    private static List<Declaration> InOrder(IEnumerable<Declaration> declarations) =>
        [.. declarations.OrderBy(declaration => declaration.DeclaredAt).ThenBy(declaration => declaration.Number)];

    private static DeclaredSpell Of(Declaration declaration, Declaration? next)
    {
        var spell = new DeclaredSpell(declaration, declaration.Until, DeclarationStatus.Expired);
        spell = declaration.Ending is { } ending && ending.At < spell.End ? spell with { End = ending.At, EndedBy = DeclarationStatus.Ended } : spell;
        return next is not null && next.DeclaredAt < spell.End ? spell with { End = next.DeclaredAt, EndedBy = DeclarationStatus.Replaced } : spell;
    }
}
