using MetricsHub.Escalation.Explanation;
using Xunit;

namespace MetricsHub.Tests.Escalation.Explanation;

public sealed class RulesDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1}""", "")]
    [InlineData("""{"a":1}""", """{"a":2}""", "a: 1 > 2")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1,"c":"x"}}""", "a.c:  > \"x\"")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", "a[1]: 2 > ")]
    [InlineData("""{"a":[{"key":"x","n":1},{"key":"y","n":2}]}""", """{"a":[{"key":"y","n":3},{"key":"x","n":1}]}""", "a[y].n: 2 > 3")]
    [InlineData("""{"a":[{"key":"x"}]}""", """{"a":[]}""", "a[x]: {\"key\":\"x\"} > ")]
    [InlineData("""{"a":[{"level":1,"r":"p"}]}""", """{"a":[{"level":1,"r":"q"}]}""", "a[1].r: \"p\" > \"q\"")]
    public void Between_TwoTexts_NamesEveryPlace(string before, string after, string expected) => Assert.Equal(
        expected,
        string.Join("; ", RulesDifference.Between(before, after).Select(difference => $"{difference.Path}: {difference.Before} > {difference.After}")));
}
