namespace MetricsHub.Sources;

/// <summary>The checksum of ZIP archives (ISO 3309), which .NET reads from an archive and does not compare.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Enumerable.Range(0, 8)
        .Aggregate((uint)value, (crc, _) => (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1)))];

    /// <param name="crc">The result over the bytes before these; 0 at the start.</param>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var register = ~crc;
        foreach (var value in bytes)
        {
            register = Table[(byte)(register ^ value)] ^ (register >> 8);
        }

        return ~register;
    }
}
