using System.Buffers.Binary;
using System.Text;
using MetricsHub.Sources;
using Xunit;

namespace MetricsHub.Tests.Sources;

public sealed class ArchiveLimitsTests
{
    private static readonly ArchiveLimits Small = new(Entries: 3, TotalBytes: 5_000, Ratio: 10, RatioFloor: 1_000);

    [Fact]
    public void Check_WithinTheLimits_Passes() => Small.Check(WorkbookEdit.Zip(("a.txt", Noise(2_000)), ("b.txt", new byte[900])), "an archive");

    [Fact]
    public void Check_TooManyEntries_Throws() =>
        Refused(Small, WorkbookEdit.Zip(("a", [1]), ("b", [1]), ("c", [1]), ("d", [1])), "an archive of 4 entries (limit 3)");

    [Fact]
    public void Check_UnpacksToTooMuch_Throws() =>
        Refused(Small, WorkbookEdit.Zip(("a", Noise(3_000)), ("b", Noise(3_000))), "an archive that unpacks to more than 5000 bytes");

    [Fact]
    public void Check_Bomb_Throws() =>
        Refused(ArchiveLimits.Default, WorkbookEdit.Zip(("xl/worksheets/sheet1.xml", new byte[20_000_000])), "'xl/worksheets/sheet1.xml', which unpacks to more than 100 times its packed length");

    [Fact]
    public void Check_ArchiveWithinTheArchive_Throws()
    {
        var inner = WorkbookEdit.Zip(("a", [1]));

        Refused(Small, WorkbookEdit.Zip(("inner.bin", inner)), "an archive within the archive: 'inner.bin'");
        Refused(Small, WorkbookEdit.Zip(("inner.7z", [1])), "an archive within the archive: 'inner.7z'");
    }

    /// <summary>An archive whose directory claims a shorter entry is read short and without complaint by .NET itself.</summary>
    [Fact]
    public void Check_LengthInTheDirectoryIsFalse_Throws()
    {
        var archive = WorkbookEdit.Zip(("a.txt", Noise(2_000)));
        var directory = archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(directory + 24), 100);

        Refused(Small, archive, "damaged");
    }

    [Fact]
    public void Check_OneByteFlipped_Throws()
    {
        var archive = WorkbookEdit.Zip(("a.txt", Noise(2_000)));
        archive[500] ^= 0x10;

        Refused(Small, archive, "damaged");
    }

    [Fact]
    public void Check_CutOffOrNoArchive_Throws()
    {
        Refused(Small, WorkbookEdit.Zip(("a.txt", Noise(2_000)))[..^30], "a file that is no archive, or one that is cut off or damaged");
        Refused(Small, Encoding.UTF8.GetBytes("PK is not enough"), "a file that is no archive, or one that is cut off or damaged");
    }

    [Fact]
    public void Crc32_Append_GivesTheCheckValueOfTheStandard() =>
        Assert.Equal(0xCBF43926, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
#pragma warning disable CA5394 // Bytes that do not compress; nothing is kept secret with them.
        new Random(1).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

    private static void Refused(ArchiveLimits limits, byte[] archive, string found) =>
        Assert.EndsWith(found, Assert.Throws<PublicationFormatException>(() => limits.Check(archive, "an archive")).Found, StringComparison.Ordinal);
}
