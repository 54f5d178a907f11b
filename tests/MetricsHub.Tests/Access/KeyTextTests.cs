using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MetricsHub.Access;
using Xunit;

namespace MetricsHub.Tests.Access;

public sealed class KeyTextTests
{
    [Fact]
    public void New_Revealed_IsReadBackAndNeverTheSameTwice()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => KeyText.New()).ToList();

        Assert.All(keys, key => Assert.Equal(key, KeyText.Parse(key.Reveal())));
        Assert.Equal(1000, keys.Select(key => key.Secret).Distinct().Count());
        Assert.Matches("^mh_[0-9a-f]{8}_[0-9a-f]{64}_[0-9a-f]{8}$", keys[0].Reveal());
    }

    [Fact]
    public void Parse_AnyOneCharacterChanged_IsNoKey()
    {
        var text = KeyText.New().Reveal();

        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char['!', '~']).Sample((at, other) =>
            other == text[at] || KeyText.Parse($"{text[..at]}{other}{text[(at + 1)..]}") is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mh_")]
    [InlineData("mh_0a1b2c3d_secret_00000000")]
    public void Parse_SomethingElse_IsNoKey(string text) => Assert.Null(KeyText.Parse(text));

    [Fact]
    public void Secret_Hashed_IsItsSha256AndNotInTheText()
    {
        var key = KeyText.New();

        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(key.Secret)), key.SecretHash());
        Assert.DoesNotContain(key.Secret, key.ToString(), StringComparison.Ordinal);
    }
}
