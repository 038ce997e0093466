using System.Buffers;
using System.IO.Pipelines;

namespace ExecutionAdapters.Cli.Bridge;

/// <summary>One line of input; one that was too long has no text.</summary>
internal readonly record struct InputLine(ReadOnlyMemory<byte> Text, bool IsTooLong);

/// <summary>Cuts a stream into lines. A line above the limit is passed over to its end without being kept.</summary>
internal sealed class BridgeInput(Stream stream)
{
    public const int LongestLine = 1024 * 1024;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));

    /// <summary>The next line without its end; null at the end of the input. What stands after the last line end is a line too.</summary>
    public async ValueTask<InputLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var isTooLong = false;
        while (true)
        {
            var result = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                return Take(buffer.Slice(0, end), buffer.GetPosition(1, end), isTooLong);
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty && !isTooLong ? null : Take(buffer, buffer.End, isTooLong);
            }

            isTooLong |= buffer.Length > LongestLine;
            _reader.AdvanceTo(isTooLong ? buffer.End : buffer.Start, buffer.End);
        }
    }

    private InputLine Take(in ReadOnlySequence<byte> line, SequencePosition next, bool isTooLong)
    {
        isTooLong |= line.Length > LongestLine;
        var text = isTooLong ? default : line.ToArray();
        _reader.AdvanceTo(next);
        return new InputLine(text, isTooLong);
    }
}
