using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>Overwrites what held a secret, in a way the compiler may not leave out.</summary>
internal static class SecretMemory
{
    public static void Clear<T>(ref T value)
        where T : unmanaged =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1)));

    public static void Clear<T>(Span<T> values)
        where T : unmanaged =>
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(values));
}
