using System.Globalization;
using MetricsHub.Domain.Privacy;
using Xunit;

namespace MetricsHub.Domain.Tests.Privacy;

public sealed class NhsNumberTests
{
    [Theory]
    [InlineData("9434765919", true)]
    [InlineData("9434765870", true)]
    [InlineData("4010232137", true)]
    [InlineData("9434765918", false)]
    [InlineData("9434756919", false)]
    [InlineData("943476591", false)]
    [InlineData("94347659190", false)]
    [InlineData("943476591X", false)]
    [InlineData("0000000000", false)]
    [InlineData("9999999999", false)]
    [InlineData("", false)]
    public void IsValid_TenDigits_AreHeldToModulus11(string digits, bool valid) => Assert.Equal(valid, NhsNumber.IsValid(digits));

    [Fact]
    public void IsValid_AnyTenDigits_PassInOneOfEleven()
    {
        var passing = Enumerable.Range(0, 1_000_000).Count(offset => NhsNumber.IsValid((1_760_000_000 + offset).ToString(CultureInfo.InvariantCulture)));

        Assert.InRange(passing, 90_000, 92_000);
    }

    [Theory]
    [InlineData("943 476 5919", true)]
    [InlineData("943-476-5919", true)]
    [InlineData("943\u00A0476\u20115919", true)]
    [InlineData("Seen: 943 476 5919, discharged", true)]
    [InlineData("111 222 3333 or 943 476 5919", true)]
    [InlineData("943 476 5918", false)]
    [InlineData("9434765919", false)]
    [InlineData("1943 476 5919", false)]
    [InlineData("943 476 59190", false)]
    [InlineData("943,476,5919", false)]
    [InlineData("2026-11-22", false)]
    [InlineData("0117 900 2000", false)]
    public void IsPrintedIn_Text_FindsTheNumberAsItIsPrinted(string text, bool found) => Assert.Equal(found, NhsNumber.IsPrintedIn(text));

    [Theory]
    [InlineData("9434765919", "9434765919")]
    [InlineData("9434765919.0", "9434765919")]
    [InlineData("NHS 9434765919 and 4010232137.", "9434765919,4010232137")]
    [InlineData("PID|1||9434765919^^^NHS", "9434765919")]
    [InlineData("94347659190", "")]
    [InlineData("9434765919.25", "")]
    [InlineData("0.9434765919", "")]
    [InlineData("X9434765919", "")]
    [InlineData("9434765919Z", "")]
    [InlineData("", "")]
    public void NextTenDigits_Text_GivesWholeNumbersOnly(string text, string expected)
    {
        var found = new List<string>();
        var from = 0;
        while (NhsNumber.NextTenDigits(text, ref from) is { IsEmpty: false } digits)
        {
            found.Add(digits.ToString());
        }

        Assert.Equal(expected, string.Join(',', found));
    }
}
