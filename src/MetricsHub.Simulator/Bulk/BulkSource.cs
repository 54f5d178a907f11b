using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MetricsHub.Simulator.Playing;

namespace MetricsHub.Simulator.Bulk;

/// <summary>
/// Many sources of twenty plain metrics each, for measuring how fast a backlog is taken in. The figures mean nothing; they are cheap,
/// and the same each time.
/// </summary>
internal static class BulkSource
{
    public const int Count = 500;
    public const int Metrics = 20;

    /// <summary>The number in <c>bulk-7</c>; null where the name is none of a bulk source.</summary>
    public static int? NumberOf(string? name) =>
        name is not null && name.StartsWith("bulk-", StringComparison.Ordinal) ? Valid(name[5..]) : null;

    /// <summary>The number of a source, 1 to 500; null where the text is none.</summary>
    public static int? Valid(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Count && text[0] != '0'
            ? number
            : null;

    /// <summary>The code of the organisation that a source tells of.</summary>
    public static string OrganisationOf(int number) => string.Create(CultureInfo.InvariantCulture, $"SIMZ{number:000}");

    /// <summary>CSV with the columns <c>organisation</c>, <c>as_at</c> (UTC), <c>m01</c> to <c>m20</c>.</summary>
    /// <param name="after">Exclusive.</param>
    /// <param name="to">Inclusive.</param>
    public static byte[] Write(int number, DateTimeOffset after, DateTimeOffset to, ulong seed)
    {
        using var bytes = new MemoryStream();
        bytes.Write("organisation,as_at"u8);
        for (var metric = 1; metric <= Metrics; metric++)
        {
            bytes.Write(Encoding.ASCII.GetBytes($",m{metric:00}"));
        }

        bytes.WriteByte((byte)'\n');
        var noise = new Noise(seed).For(OrganisationOf(number));
        var organisation = Encoding.ASCII.GetBytes(OrganisationOf(number));
        Span<byte> digits = stackalloc byte[32];
        for (var slot = LondonDay.NumberOf(after) + 1; slot <= LondonDay.NumberOf(to); slot++)
        {
            bytes.Write(organisation);
            bytes.WriteByte((byte)',');
            Utf8Formatter.TryFormat(DateTimeOffset.FromUnixTimeSeconds(slot * 900).UtcDateTime, digits, out _, 'O');
            bytes.Write(digits[..19]);
            bytes.WriteByte((byte)'Z');
            for (var metric = 0; metric < Metrics; metric++)
            {
                bytes.WriteByte((byte)',');
                Utf8Formatter.TryFormat((int)(100 * (metric + 1) * noise.Uniform(slot, metric)), digits, out var length);
                bytes.Write(digits[..length]);
            }

            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }
}
