using System.IO.Compression;
using System.Text;

namespace MetricsHub.Tests.Acceptance;

/// <summary>What must become of a file with a fault.</summary>
internal enum Expect
{
    /// <summary>The file is refused as a whole.</summary>
    Refused,

    /// <summary>It is refused, or every figure that it lacks is among what was rejected.</summary>
    Noticed,

    /// <summary>It says what the clean file says.</summary>
    Same,
}

/// <param name="Name">What is wrong, for the test's name.</param>
internal sealed record FileFault(string Name, byte[] Bytes, Expect Expect)
{
    public override string ToString() => Name;
}

/// <summary>What can be wrong with a file as a whole, whatever it holds.</summary>
internal static class FileFaults
{
    public static bool IsArchive(byte[] bytes) => bytes.AsSpan().StartsWith("PK"u8);

    /// <summary>A file of other bytes that says the same: what comes after a fault has to be a new publication.</summary>
    public static byte[] Touch(SourceSample sample, int times)
    {
        if (!IsArchive(sample.Bytes))
        {
            return [.. sample.Bytes, .. Enumerable.Repeat((byte)'\n', times)];
        }

        using var touched = new MemoryStream();
        touched.Write(sample.Bytes);
        using (var zip = new ZipArchive(touched, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.Comment = $"touched {times}";
        }

        return touched.ToArray();
    }

    public static IEnumerable<FileFault> Of(SourceSample sample)
    {
        var bytes = sample.Bytes;
        yield return new("a page of HTML", "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>"u8.ToArray(), Expect.Refused);
        yield return new("nothing", [], Expect.Refused);
        yield return new("blanks", " \r\n \r\n"u8.ToArray(), Expect.Refused);
        yield return new("garbage", Garbage(4000), Expect.Refused);
        yield return new("half", bytes[..CutBefore(bytes, bytes.Length / 2)], Expect.Noticed);
        yield return new("all but the end of the last row", bytes[..CutBefore(bytes, bytes.Length - 1 - ((bytes.Length - bytes.AsSpan()[..^1].LastIndexOf((byte)'\n')) / 3))], Expect.Noticed);
        if (IsArchive(bytes))
        {
            yield return new("text in place of an archive", "Name,Value\nA,1\n"u8.ToArray(), Expect.Refused);
            yield return new("an archive of something else", Archive("readme.txt", "hello"u8), Expect.Refused);
            yield break;
        }

        var text = Encoding.UTF8.GetString(bytes);
        yield return new("UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], Expect.Refused);
        yield return new("UTF-16 without a mark", Encoding.BigEndianUnicode.GetBytes(text), Expect.Refused);
        yield return new("UTF-32", Encoding.UTF32.GetBytes(text), Expect.Refused);
        yield return new("a byte order mark", [.. Encoding.UTF8.GetPreamble(), .. bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes], Expect.Same);
        yield return new("an archive in place of text", Archive("readme.txt", "hello"u8), Expect.Refused);
        yield return new("bytes that are no UTF-8", [.. bytes[..(bytes.Length / 2)], 0xE9, 0xFF, .. bytes[(bytes.Length / 2)..]], Expect.Noticed);
    }

    /// <summary>
    /// A place within a number, where a cut is hardest to see. A cut within the last cell of the last row cannot be told from a file whose
    /// last line has no end, as RFC 4180 allows; over HTTP the length tells.
    /// </summary>
    private static int CutBefore(byte[] bytes, int cut)
    {
        while (cut > 1 && !(char.IsAsciiDigit((char)bytes[cut]) && char.IsAsciiDigit((char)bytes[cut - 1]) && IsFollowedInItsRow(bytes, cut)))
        {
            cut--;
        }

        return cut;
    }

    private static bool IsFollowedInItsRow(byte[] bytes, int cut) =>
        bytes.AsSpan(cut).IndexOfAny((byte)',', (byte)'\n') is var next && next >= 0 && bytes[cut + next] == ',';

    private static byte[] Garbage(int length)
    {
        var bytes = new byte[length];
        new Random(20261122).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Archive(string name, ReadOnlySpan<byte> content)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(content);
        }

        return target.ToArray();
    }
}
