namespace ExecutionAdapters.Lighter.Signing.Lanes;

/// <summary>
/// What <see cref="QuinticLanes{TVector, TLanes}"/> is written in, once for all widths: arithmetic on independent 64-bit lanes.
/// No operation branches on a value.
/// </summary>
/// <typeparam name="TVector">A vector of lanes.</typeparam>
internal interface ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>How many lanes a vector has: 1, 2, 4 or 8.</summary>
    static abstract int Count { get; }

    static abstract TVector Broadcast(ulong value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector And(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    static abstract TVector ShiftLeft(TVector value, int count);

    /// <summary>Zeros come in from the left.</summary>
    static abstract TVector ShiftRight(TVector value, int count);

    /// <summary>All ones in the lanes that are equal, zeros in the others.</summary>
    static abstract TVector EqualMask(TVector left, TVector right);

    /// <summary>2^32 - 1 in the lanes where an addition of less than 2^63 has wrapped, zero in the others.</summary>
    static abstract TVector EpsilonWhereWrapped(TVector before, TVector after);

    /// <summary>To every lane the one <paramref name="distance"/> further on, in a circle; the distance is a power of two below the count.</summary>
    static abstract TVector Rotate(TVector value, int distance);

    /// <summary>
    /// The sum of left[i] right[4 - i] for i = 0…4, not yet reduced. Behind the values of left, five further on, and of right,
    /// nine further on, stand the same values shifted right by 32.
    /// </summary>
    static abstract void SumOfProducts(
        ref readonly TVector left, ref readonly TVector right, out TVector lower, out TVector upper);
}

/// <summary>Lanes whose multiplier takes 32 bits of each.</summary>
internal interface IVectorLanes<TVector> : ILanes<TVector>
    where TVector : unmanaged
{
    /// <summary>The whole products of the lower 32 bits of each lane.</summary>
    static abstract TVector MultiplyLower(TVector left, TVector right);
}
