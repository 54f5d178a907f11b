namespace MetricsHub.Api;

/// <summary>
/// Holds an answer until it is complete, so that it can be given a length and an ETag. An answer that grows beyond
/// <see cref="MaximumHeld"/> is passed through as it is made, and bears neither.
/// </summary>
internal sealed class AnswerBody(Stream destination, bool discard, Action beforeFirstWrite) : Stream
{
    public const int MaximumHeld = 1024 * 1024;

    private readonly MemoryStream held = new();

    public bool IsPassedThrough { get; private set; }

    public override bool CanRead => false;

    // The exception handler empties a body that it can seek in before it writes the error.
    public override bool CanSeek => !IsPassedThrough;

    public override bool CanWrite => true;

    public override long Length => held.Length;

    public override long Position
    {
        get => held.Position;
        set => held.Position = value;
    }

    public byte[] Take() => held.ToArray();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsPassedThrough && held.Length + buffer.Length <= MaximumHeld)
        {
            held.Write(buffer.Span);
            return;
        }

        if (!IsPassedThrough)
        {
            IsPassedThrough = true;
            beforeFirstWrite();
            if (!discard)
            {
                await destination.WriteAsync(held.GetBuffer().AsMemory(0, (int)held.Length), cancellationToken);
            }

            held.SetLength(0);
        }

        if (!discard)
        {
            await destination.WriteAsync(buffer, cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        IsPassedThrough && !discard ? destination.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void SetLength(long value) => held.SetLength(value);

    public override long Seek(long offset, SeekOrigin origin) => held.Seek(offset, origin);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("An answer is written asynchronously.");

    public override void Flush()
    {
        // Nothing to do: what is held is written out at the end, what is passed through has been written.
    }

    protected override void Dispose(bool disposing)
    {
        held.Dispose();
        base.Dispose(disposing);
    }
}
