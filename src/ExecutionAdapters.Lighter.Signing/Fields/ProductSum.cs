using System.Runtime.CompilerServices;

namespace ExecutionAdapters.Lighter.Signing.Fields;

/// <summary>A sum of 128-bit products in 192 bits, so that a whole limb of a product is reduced once.</summary>
internal struct ProductSum
{
    private ulong _low;
    private ulong _middle;
    private ulong _high;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        _low += low;
        high += Branchless.Bit(_low < low); // a product's high word is at most 2^64 - 2
        _middle += high;
        _high += Branchless.Bit(_middle < high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ProductSum other)
    {
        ulong carry = 0;
        _low = Branchless.AddWithCarry(_low, other._low, ref carry);
        _middle = Branchless.AddWithCarry(_middle, other._middle, ref carry);
        _high += other._high + carry;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Double()
    {
        _high = (_high << 1) | (_middle >> 63);
        _middle = (_middle << 1) | (_low >> 63);
        _low <<= 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Triple()
    {
        ProductSum once = this;
        Double();
        Add(once);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly ulong Reduce() => Goldilocks.Reduce(_low, _middle, _high);
}
