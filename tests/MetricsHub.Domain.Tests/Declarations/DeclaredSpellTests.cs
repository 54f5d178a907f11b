using CsCheck;
using MetricsHub.Domain.Declarations;
using MetricsHub.Domain.Organisations;
using Xunit;

namespace MetricsHub.Domain.Tests.Declarations;

public sealed class DeclaredSpellTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_NobodyEndsIt_StandsUntilItExpires()
    {
        var spell = Assert.Single(DeclaredSpell.Of([Declare(1, 0, 4)]));

        Assert.Equal((Noon, Noon.AddHours(4), DeclarationStatus.Expired), (spell.Start, spell.End, spell.EndedBy));
        Assert.Equal(DeclarationStatus.Standing, spell.StatusAt(Noon.AddHours(4).AddTicks(-1)));
        Assert.Equal(DeclarationStatus.Expired, spell.StatusAt(Noon.AddHours(4)));
    }

    [Fact]
    public void Of_EndedEarly_StandsUntilThen()
    {
        var spell = Assert.Single(DeclaredSpell.Of([Declare(1, 0, 4) with { Ending = new DeclarationEnding(Noon.AddHours(1), "local", "calm") }]));

        Assert.Equal((Noon.AddHours(1), DeclarationStatus.Ended), (spell.End, spell.EndedBy));
    }

    [Fact]
    public void Of_ANewerOne_ReplacesItFromItsOwnInstantAndTheOlderDoesNotComeBack()
    {
        Declaration[] declarations = [Declare(1, 0, 10), Declare(2, 2, 3)];

        var spells = DeclaredSpell.Beside("any", declarations);

        Assert.Equal([(Noon.AddHours(2), DeclarationStatus.Replaced), (Noon.AddHours(3), DeclarationStatus.Expired)], spells.Select(spell => (spell.End, spell.EndedBy)));
        Assert.Equal(2, DeclaredSpell.ToldAt(Noon.AddHours(5), spells)!.Declaration.Number);
    }

    [Fact]
    public void Of_ANewerOneForOneFramework_ReplacesBesideThatOneOnly()
    {
        Declaration[] declarations = [Declare(1, 0, 10), Declare(2, 2, 10, "acute")];

        Assert.Equal([2L], DeclaredSpell.Beside("acute", declarations).Where(spell => spell.StatusAt(Noon.AddHours(5)) == DeclarationStatus.Standing).Select(spell => spell.Declaration.Number));
        Assert.Equal([1L], DeclaredSpell.Beside("system", declarations).Select(spell => spell.Declaration.Number));
        Assert.All(DeclaredSpell.Of(declarations), spell => Assert.Equal(DeclarationStatus.Expired, spell.EndedBy));
    }

    [Theory]
    [InlineData(-0.1, false)]
    [InlineData(0, true)]
    [InlineData(27.9, true)]
    [InlineData(28, false)]
    public void ToldAt_AfterItsEnd_IsToldForADay(double hours, bool isTold) =>
        Assert.Equal(isTold, DeclaredSpell.ToldAt(Noon.AddHours(hours), DeclaredSpell.Of([Declare(1, 0, 4)])) is not null);

    [Fact]
    public void Beside_AnyDeclarations_NeverStandTwoAtOnceNorLongerThanDeclared() =>
        Gen.Select(Gen.Int[0, 40], Gen.Int[1, 20], Gen.Int[0, 25], Gen.Int[0, 2]).Array[0, 8].Sample(draws =>
        {
            Declaration[] declarations =
            [
                .. draws.Select((draw, index) => Declare(index + 1, draw.Item1, draw.Item1 + draw.Item2, draw.Item4 == 0 ? null : $"f{draw.Item4}") with
                {
                    Ending = draw.Item3 < draw.Item2 ? new DeclarationEnding(Noon.AddHours(draw.Item1 + draw.Item3), "local", "made up") : null,
                }),
            ];

            var spells = DeclaredSpell.Beside("f1", declarations);

            Assert.Equal(declarations.Count(declaration => declaration.Framework is null or "f1"), spells.Count);
            Assert.All(spells, spell => Assert.True(spell.Start <= spell.End && spell.End <= spell.Declaration.Until));
            Assert.All(spells.Zip(spells.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        });

    private static Declaration Declare(long number, double from, double until, string? framework = null) =>
        new(number, new OrganisationCode("SIM"), framework, 4, "made up", "local", Noon.AddHours(from), Noon.AddHours(until));
}
