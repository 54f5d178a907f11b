namespace MetricsHub.Sources.Locations;

/// <summary>Copies what arrives and counts it: what a sender says about its length is not relied on.</summary>
internal static class LimitedCopy
{
    /// <param name="what">What is copied, for the message.</param>
    /// <exception cref="LocationException">More arrived than is allowed.</exception>
    public static async Task CopyAsync(Stream from, Stream to, long maximumBytes, string what, CancellationToken cancellationToken)
    {
        var buffer = new byte[81_920];
        var total = 0L;
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            total += read;
            if (total > maximumBytes)
            {
                throw new LocationException($"{what} is larger than the {maximumBytes} bytes allowed.");
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
