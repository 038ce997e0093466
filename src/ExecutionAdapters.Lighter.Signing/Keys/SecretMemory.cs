using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Overwrites what held a secret, in a way the compiler may not leave out.</summary>
internal static class SecretMemory
{
    /// <summary>More than the frames below a signing method take together: 12 KiB were seen with vectors of 256 bits, 27 KiB with 512.</summary>
    private static int StackSize => Avx512F.IsSupported ? 32 * 1024 : 14 * 1024;

    public static void Clear<T>(ref T value)
        where T : unmanaged =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1)));

    public static void Clear<T>(Span<T> values)
        where T : unmanaged =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(values));

    /// <summary>
    /// Overwrites the stack that the methods just called have used: what they held of a secret in temporaries, which have no name
    /// to clear them by.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining), SkipLocalsInit]
    public static void ClearStackBelow()
    {
        Span<byte> stack = stackalloc byte[StackSize];
        CryptographicOperations.ZeroMemory(stack);
    }
}
