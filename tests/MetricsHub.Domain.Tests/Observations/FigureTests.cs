using MetricsHub.Domain.Observations;
using Xunit;

namespace MetricsHub.Domain.Tests.Observations;

public sealed class FigureTests
{
    [Fact]
    public void TryGetNumber_Absent_GivesNoNumberAndNoZero()
    {
        foreach (var code in Enum.GetValues<AbsenceCode>())
        {
            var figure = Figure.Absent(code);

            Assert.False(figure.TryGetNumber(out var value));
            Assert.True(double.IsNaN(value));
            Assert.Equal(code, figure.Absence);
        }
    }

    [Fact]
    public void Of_Zero_IsANumber()
    {
        Assert.True(Figure.Of(0).TryGetNumber(out var value));
        Assert.Equal(0, value);
        Assert.NotEqual(Figure.Of(0), Figure.Absent(AbsenceCode.NotApplicable));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_NotFinite_Throws(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => Figure.Of(value));

    [Fact]
    public void Absent_UnknownCode_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Figure.Absent(default));

    [Fact]
    public void ToText_EveryCode_IsAWordOfItsOwn() =>
        Assert.Equal(
            ["not-due", "late", "source-down", "rejected", "suppressed", "not-applicable", "withdrawn"],
            Enum.GetValues<AbsenceCode>().Select(code => code.ToText()));
}
