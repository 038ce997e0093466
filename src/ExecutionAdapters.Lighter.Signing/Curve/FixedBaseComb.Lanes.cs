using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Lighter.Signing.Curve;

/// <inheritdoc/>
/// <typeparam name="TVector">Its lanes take as many digits of k at once.</typeparam>
/// <typeparam name="TLanes">How.</typeparam>
internal sealed class FixedBaseComb<TVector, TLanes> : FixedBaseComb
    where TVector : unmanaged
    where TLanes : ILanes<TVector>
{
    private const int Limbs = GFp5.LimbCount;
    private const int CacheLine = 64;

    private static readonly int Steps = Scalar.DigitCount / TLanes.Count;

    /// <summary>By step, coordinate, multiple, limb, lane: what a scan reads one after the other. Pinned, so that it stays aligned.</summary>
    private readonly ulong[] _table;

    private readonly int _start;

    public FixedBaseComb(in CurvePoint point)
    {
        AffinePoint[] points = Multiples(point);
        _table = GC.AllocateArray<ulong>((points.Length * 2 * Limbs) + (CacheLine / sizeof(ulong)), pinned: true);
        unsafe
        {
            nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_table));
            _start = (int)((CacheLine - (address % CacheLine)) % CacheLine / sizeof(ulong));
        }

        int position = _start;
        for (int step = 0; step < Steps; step++)
        {
            for (int coordinate = 0; coordinate < 2; coordinate++)
            {
                for (int multiple = 0; multiple < RowLength; multiple++)
                {
                    for (int limb = 0; limb < Limbs; limb++)
                    {
                        for (int lane = 0; lane < TLanes.Count; lane++)
                        {
                            ref readonly AffinePoint entry = ref points[(((step * TLanes.Count) + lane) * RowLength) + multiple];
                            _table[position++] = Unsafe.Add(
                                ref Unsafe.As<GFp5, ulong>(ref Unsafe.AsRef(in coordinate == 0 ? ref entry.X : ref entry.U)), limb);
                        }
                    }
                }
            }
        }
    }

    public override void Multiply(in Scalar k, out CurvePoint product)
    {
        Unsafe.SkipInit(out PointLanes<TVector, TLanes> sums);
        sums.SetNeutral();
        AddTo(ref sums, k);
        AddLanes(ref sums, out product);
    }

    public override void MultiplyAdd(in Scalar k, FixedBaseComb other, in Scalar l, out CurvePoint sum)
    {
        Unsafe.SkipInit(out PointLanes<TVector, TLanes> sums);
        sums.SetNeutral();
        AddTo(ref sums, k);
        ((FixedBaseComb<TVector, TLanes>)other).AddTo(ref sums, l);
        AddLanes(ref sums, out sum);
    }

    /// <summary>Adds parts to the lanes whose sum is k P.</summary>
    private void AddTo(ref PointLanes<TVector, TLanes> sums, in Scalar k)
    {
        Span<ulong> digits = stackalloc ulong[Scalar.DigitCount];
        k.WriteSignedDigits(digits);
        AffineLanes<TVector> entry = default;
        ref TVector row = ref Unsafe.As<ulong, TVector>(ref _table[_start]);
        ref TVector digit = ref Unsafe.As<ulong, TVector>(ref MemoryMarshal.GetReference(digits));
        for (int step = 0; step < Steps; step++)
        {
            Scan(ref row, digit, out entry);
            sums.Add(in entry);
            row = ref Unsafe.Add(ref row, 2 * RowLength * Limbs);
            digit = ref Unsafe.Add(ref digit, 1);
        }

        SecretMemory.Clear(ref entry);
        SecretMemory.Clear(digits);
    }

    private static void Scan(ref TVector row, TVector digit, out AffineLanes<TVector> entry)
    {
        TVector negative = TLanes.EqualMask(TLanes.ShiftRight(digit, 63), TLanes.Broadcast(1));
        TVector magnitude = TLanes.Subtract(TLanes.Xor(digit, negative), negative);
        Scan(ref row, magnitude, out entry.X);
        Scan(ref Unsafe.Add(ref row, RowLength * Limbs), magnitude, out entry.U);
        for (int i = 0; i < Limbs; i++)
        {
            TVector u = entry.U[i];
            TVector opposite = TLanes.Subtract(TLanes.Broadcast(Goldilocks.Modulus), u);
            entry.U[i] = TLanes.Xor(u, TLanes.And(negative, TLanes.Xor(u, opposite)));
        }
    }

    private static void Scan(ref TVector multiples, TVector magnitude, out Quintic<TVector> found)
    {
        TVector limb0 = default, limb1 = default, limb2 = default, limb3 = default, limb4 = default;
        for (uint i = 1; i <= RowLength; i++)
        {
            TVector mask = TLanes.EqualMask(magnitude, TLanes.Broadcast(i));
            limb0 = TLanes.Or(limb0, TLanes.And(mask, multiples));
            limb1 = TLanes.Or(limb1, TLanes.And(mask, Unsafe.Add(ref multiples, 1)));
            limb2 = TLanes.Or(limb2, TLanes.And(mask, Unsafe.Add(ref multiples, 2)));
            limb3 = TLanes.Or(limb3, TLanes.And(mask, Unsafe.Add(ref multiples, 3)));
            limb4 = TLanes.Or(limb4, TLanes.And(mask, Unsafe.Add(ref multiples, 4)));
            multiples = ref Unsafe.Add(ref multiples, Limbs);
        }

        Unsafe.SkipInit(out found);
        found[0] = limb0;
        found[1] = limb1;
        found[2] = limb2;
        found[3] = limb3;
        found[4] = limb4;
    }

    private static void AddLanes(ref PointLanes<TVector, TLanes> sums, out CurvePoint sum)
    {
        Unsafe.SkipInit(out PointLanes<TVector, TLanes> others);
        for (int distance = TLanes.Count / 2; distance > 0; distance /= 2)
        {
            Rotate(in sums.X, distance, out others.X);
            Rotate(in sums.Z, distance, out others.Z);
            Rotate(in sums.U, distance, out others.U);
            Rotate(in sums.T, distance, out others.T);
            sums.Add(in others);
        }

        sum = new CurvePoint(FirstLane(in sums.X), FirstLane(in sums.Z), FirstLane(in sums.U), FirstLane(in sums.T));
        SecretMemory.Clear(ref sums);
        SecretMemory.Clear(ref others);
    }

    private static void Rotate(ref readonly Quintic<TVector> value, int distance, out Quintic<TVector> rotated)
    {
        Unsafe.SkipInit(out rotated);
        for (int i = 0; i < Limbs; i++)
        {
            rotated[i] = TLanes.Rotate(value[i], distance);
        }
    }

    private static GFp5 FirstLane(ref readonly Quintic<TVector> value) =>
        new(First(value[0]), First(value[1]), First(value[2]), First(value[3]), First(value[4]));

    private static ulong First(TVector vector) => Unsafe.As<TVector, ulong>(ref vector);
}
