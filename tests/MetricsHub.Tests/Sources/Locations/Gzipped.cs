using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace MetricsHub.Tests.Sources.Locations;

/// <summary>Answers as a server that compresses.</summary>
internal static class Gzipped
{
    public static async Task AnswerAsync(HttpContext context, byte[] packed)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(packed, context.RequestAborted);
    }

    public static byte[] Zeros(int count)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var block = new byte[100_000];
            for (var written = 0; written < count; written += block.Length)
            {
                gzip.Write(block);
            }
        }

        return packed.ToArray();
    }
}
