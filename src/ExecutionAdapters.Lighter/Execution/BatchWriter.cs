using System.Buffers;
using System.Buffers.Text;

namespace ExecutionAdapters.Lighter.Execution;

/// <summary>
/// The form of a batch: <c>tx_types</c>, a JSON list of type numbers, and <c>tx_infos</c>, a JSON list of strings that each hold a
/// transaction's JSON. Written at once in its last encoding, as text in JSON in a form.
/// </summary>
internal static class BatchWriter
{
    /// <summary>About what one transaction takes.</summary>
    private const int UsualSize = 1_280;

    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    /// <summary>Writes the form; <paramref name="sign"/> is asked for each transaction in order and gives how many bytes it wrote.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<PendingTransaction> transactions, SigningInto sign)
    {
        var form = new ArrayBufferWriter<byte>((transactions.Count + 1) * UsualSize);
        form.Write("tx_types=%5B"u8);
        for (var i = 0; i < transactions.Count; i++)
        {
            form.Write(i == 0 ? ""u8 : "%2C"u8);
            Utf8Formatter.TryFormat((byte)transactions[i].Type, form.GetSpan(3), out var written);
            form.Advance(written);
        }

        form.Write("%5D&tx_infos=%5B"u8);
        Span<byte> info = stackalloc byte[Signing.LighterTransactionSigner.MaximumTxInfoSize];
        for (var i = 0; i < transactions.Count; i++)
        {
            form.Write(i == 0 ? "%22"u8 : "%2C%22"u8);
            WriteText(form, info[..sign(transactions[i], info)]);
            form.Write("%22"u8);
        }

        form.Write("%5D"u8);
        return form.WrittenMemory;
    }

    /// <summary>JSON as the inner part of a JSON string, in a form. JSON has no bare control characters: only two need a backslash.</summary>
    private static void WriteText(ArrayBufferWriter<byte> form, ReadOnlySpan<byte> json)
    {
        const int LongestEncoding = 6;
        var destination = form.GetSpan(json.Length * LongestEncoding);
        var position = 0;
        foreach (var character in json)
        {
            if (IsUnreserved(character))
            {
                destination[position++] = character;
                continue;
            }

            if (character is (byte)'"' or (byte)'\\')
            {
                "%5C"u8.CopyTo(destination[position..]);
                position += 3;
            }

            destination[position++] = (byte)'%';
            destination[position++] = HexDigits[character >> 4];
            destination[position++] = HexDigits[character & 15];
        }

        form.Advance(position);
    }

    private static bool IsUnreserved(byte character) =>
        char.IsAsciiLetterOrDigit((char)character) || character is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    /// <summary>Signs a transaction and writes its <c>tx_info</c>; gives its length.</summary>
    public delegate int SigningInto(PendingTransaction transaction, Span<byte> txInfo);
}
