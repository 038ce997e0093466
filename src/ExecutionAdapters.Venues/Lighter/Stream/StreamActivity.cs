using Microsoft.AspNetCore.Http.Features;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>
/// Notes when the client last sent bytes. The WebSocket class answers pings by itself and does not tell of them, but the
/// venue counts a ping as a sign of life: so this looks at the transport below it.
/// </summary>
internal sealed class StreamActivity(IHttpUpgradeFeature inner, TimeProvider clock) : IHttpUpgradeFeature
{
    private long _lastReadUs = VenueLoop.NowUs(clock);

    public long LastReadUs => Interlocked.Read(ref _lastReadUs);

    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public async Task<System.IO.Stream> UpgradeAsync() => new WatchedStream(await inner.UpgradeAsync().ConfigureAwait(false), this);

    private void Note() => Interlocked.Exchange(ref _lastReadUs, VenueLoop.NowUs(clock));

    private sealed class WatchedStream(System.IO.Stream transport, StreamActivity activity) : System.IO.Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await transport.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0)
            {
                activity.Note();
            }

            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            transport.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            transport.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => transport.FlushAsync(cancellationToken);

        public override void Flush() => transport.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                transport.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
