using CsCheck;
using MetricsHub.Domain.Escalation;
using MetricsHub.Domain.Organisations;
using MetricsHub.Domain.Time;
using Xunit;

namespace MetricsHub.Domain.Tests.Escalation;

/// <summary>Two versions of one framework; who is judged by which of them on which day.</summary>
public sealed class AdoptionTests
{
    private const int Days = 40;
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly OrganisationCode[] Codes = [new("R"), new("A"), new("B"), new("P1"), new("P2"), new("P3")];

    /// <summary>For some organisations a span of days on which they adopt a version.</summary>
    private static readonly Gen<IReadOnlyList<Adoption>> AnyAdoptions =
        Gen.Select(Gen.Int[0, Codes.Length - 1], Gen.Int[0, Days - 2], Gen.Int[1, Days]).Array[0, 4]
            .Select(IReadOnlyList<Adoption> (drawn) => [.. drawn.Select(adoption => Adopt(Codes[adoption.Item1], Day(adoption.Item2), Day(adoption.Item2 + adoption.Item3)))]);

    [Fact]
    public void Judges_NearestNamed_DecidesByItsOwnDaysAlone()
    {
        var tree = Tree(move: 10);
        var version = Version("2", Day(20), null, Adopt(new("A"), Day(5), null), Adopt(new("P2"), Day(30), Day(35)));

        Assert.Equal([5, 6, 7, 8, 9, .. Enumerable.Range(20, 20)], Judged(version, "P1", tree)); // below A, then below B, which adopts nothing
        Assert.Equal([30, 31, 32, 33, 34], Judged(version, "P2", tree)); // below A, with days of its own
        Assert.Equal(Enumerable.Range(5, 35), Judged(version, "A", tree));
        Assert.Equal(Enumerable.Range(20, 20), Judged(version, "P3", tree));
    }

    [Fact]
    public void Judges_KindItDoesNotApplyTo_NeverWhoeverAdopts() =>
        Assert.Empty(Judged(Version("2", null, null, Adopt(new("A"), null, null)) with { AppliesTo = [OrganisationKind.Region] }, "P2", Tree(10)));

    [Fact]
    public void Judges_EveryoneChangesOnADayOfTheirOwn_ExactlyOneVersionEachDay() =>
        Gen.Select(Gen.Int[0, Days - 1].Array[Codes.Length], Gen.Int[1, Days - 1], Gen.Int[1, Days - 1]).Sample((changes, move, own) =>
        {
            // Day 0 stands for no day of its own.
            var tree = Tree(move);
            var adopters = Codes.Zip(changes, (code, change) => (Code: code, Change: Day(change))).Where(adopter => adopter.Change != First).ToList();
            var earlier = Version("1", null, Day(own), [.. adopters.Select(adopter => Adopt(adopter.Code, null, adopter.Change))]);
            var later = Version("2", Day(own), null, [.. adopters.Select(adopter => Adopt(adopter.Code, adopter.Change, null))]);
            foreach (var organisation in tree.All)
            {
                Assert.All(Enumerable.Range(0, Days), day => Assert.NotEqual(
                    earlier.Judges(organisation, Day(day), tree), later.Judges(organisation, Day(day), tree)));
                Assert.Null(VersionOverlap.FirstDay(earlier, later, organisation, tree));
            }
        });

    [Fact]
    public void FirstDay_AnyTwoVersions_IsTheFirstThatGoingDayByDayFinds() =>
        Gen.Select(AnyAdoptions, AnyAdoptions, Gen.Int[1, Days - 1], Gen.Int[0, Days - 1], Gen.Int[0, Days - 1]).Sample((one, other, move, end, start) =>
        {
            var tree = Tree(move);
            var (earlier, later) = (Version("1", null, Day(end), [.. one]), Version("2", Day(start), null, [.. other]));
            foreach (var organisation in tree.All)
            {
                var found = Enumerable.Range(0, 2 * Days)
                    .Select(day => (DateOnly?)Day(day))
                    .FirstOrDefault(day => organisation.Valid.Contains(day!.Value) && earlier.Judges(organisation, day.Value, tree) && later.Judges(organisation, day.Value, tree));
                Assert.Equal(found, VersionOverlap.FirstDay(earlier, later, organisation, tree));
            }
        });

    private static IEnumerable<int> Judged(Framework version, string code, OrganisationTree tree) =>
        Enumerable.Range(0, Days).Where(day => version.Judges(tree.Find(new(code))!, Day(day), tree));

    private static Framework Version(string version, DateOnly? from, DateOnly? to, params IReadOnlyList<Adoption> adopted) => Frameworks.Shares with
    {
        Version = version,
        AppliesTo = [OrganisationKind.Region, OrganisationKind.System, OrganisationKind.Provider],
        Valid = new DateSpan(from, to),
        Adopted = adopted,
    };

    private static Adoption Adopt(OrganisationCode organisation, DateOnly? from, DateOnly? to) =>
        new(organisation, new DateSpan(from, to), Provenance.LocalPlaceholder, "test");

    /// <summary>Region R of systems A and B; P1 moves from A to B on a day, P2 is of A, and P3 of nobody. All opened on the first day.</summary>
    private static OrganisationTree Tree(int move) => new(
        [
            .. Codes.Select(code => new Organisation(
                code, $"{code}", code.ToString() switch { "R" => OrganisationKind.Region, "A" or "B" => OrganisationKind.System, _ => OrganisationKind.Provider },
                new DateSpan(First, null), null, "test")),
        ],
        [
            Below("A", "R", DateSpan.Always), Below("B", "R", DateSpan.Always), Below("P2", "A", DateSpan.Always),
            Below("P1", "A", new DateSpan(null, Day(move))), Below("P1", "B", new DateSpan(Day(move), null)),
        ]);

    private static ParentRelation Below(string child, string parent, DateSpan valid) => new(new(child), new(parent), valid, Basis.Quoted, "test", null);

    private static DateOnly Day(int day) => First.AddDays(day);
}
