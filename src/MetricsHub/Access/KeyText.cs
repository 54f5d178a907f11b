using System.Security.Cryptography;
using System.Text;

namespace MetricsHub.Access;

/// <summary>
/// A key as its owner holds it: <c>mh_</c>, an id of 8 hexadecimal digits, a secret of 64 (256 random bits) and a checksum of 8, with
/// underscores between. The prefix lets scanners of source code find a lost one; the checksum tells a mistyped one from a wrong one.
/// </summary>
internal sealed record KeyText(string Id, string Secret)
{
    public const string Prefix = "mh_";

    private const int IdLength = 8;
    private const int SecretLength = 64;
    private const int ChecksumLength = 8;

    public static KeyText New() => new(
        RandomNumberGenerator.GetHexString(IdLength, lowercase: true), RandomNumberGenerator.GetHexString(SecretLength, lowercase: true));

    /// <returns>Null where the text is no key, or is mistyped.</returns>
    public static KeyText? Parse(string text) =>
        text.Split('_') is ["mh", { Length: IdLength } id, { Length: SecretLength } secret, { Length: ChecksumLength } checksum]
        && new KeyText(id, secret) is var key && key.Checksum() == checksum
            ? key
            : null;

    /// <summary>What is kept of the secret. It is as random as its hash is long, so that a slow hash would add nothing.</summary>
    public byte[] SecretHash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>The whole key, to be shown once and never written down by the hub.</summary>
    public string Reveal() => $"{Prefix}{Id}_{Secret}_{Checksum()}";

    /// <summary>Without the secret, so that none gets into a log.</summary>
    public override string ToString() => $"key {Id}";

    private string Checksum() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id}_{Secret}")))[..ChecksumLength];
}
