using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;
using ExecutionAdapters.Lighter.Signing.Hashing;
using ExecutionAdapters.Lighter.Signing.Lanes;

namespace ExecutionAdapters.Cli.Bench;

/// <summary>The way of a create order from the field's multiplication to the bytes that leave.</summary>
internal sealed class SigningBench : IDisposable
{
    private readonly LighterPrivateKey _key = LighterPrivateKey.Generate();
    private readonly PreparedNonces _nonces;
    private readonly OutboundPath _outbound;
    private readonly TransactionHash _message;
    private ulong _sink;

    public SigningBench()
    {
        _nonces = new PreparedNonces(_key, PreparedNonces.MaximumCapacity);
        _outbound = new OutboundPath(_key);
        _message = LighterTransactionSigner.Hash(OutboundPath.ChainId, OutboundPath.Order(1));
    }

    public IEnumerable<Figure> Run()
    {
        yield return Measure.Time("goldilocks_mul", MultiplyBase, perCall: 64);
        yield return Measure.Time("gfp5_mul", MultiplyQuintic, perCall: 16);
        yield return EightAtOnce();
        yield return Measure.Time("poseidon2", Permute);
        yield return Measure.Time("k_times_g", MultiplyGenerator);
        yield return Measure.Time("sign_fresh", count => Sign(count, null));
        yield return Prepared("sign_prepared", 1, Sign);
        yield return Measure.Time("create_order_frame_fresh", count => Frame(count, null));
        yield return Prepared("create_order_frame_prepared", 1, Frame);
        yield return Measure.Time("verify", Verify);
        yield return VerifyKnown();
        yield return Measure.Time("batch15_body_fresh", count => Body(count, null));
        yield return Prepared("batch15_body_prepared", OutboundPath.BatchSize, Body);
    }

    public void Dispose()
    {
        _nonces.Dispose();
        _key.Dispose();
        GC.KeepAlive(_sink);
    }

    /// <summary>Rounds that the pool can serve, with time to fill it between them: what is measured is what a trader sees between bursts.</summary>
    private Figure Prepared(string name, int perOperation, Action<int, PreparedNonces?> run)
    {
        const int Rounds = 15;
        var operations = Math.Max(PreparedNonces.MaximumCapacity / perOperation / 8, 1);
        var clock = TimeProvider.System;
        var times = new List<double>();
        long bytes = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            while (_nonces.Count < operations * perOperation)
            {
                Thread.Yield();
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = clock.GetTimestamp();
            run(operations, _nonces);
            times.Add(clock.GetElapsedTime(started).TotalNanoseconds / operations);
            bytes = Math.Min(bytes, (GC.GetAllocatedBytesForCurrentThread() - before) / operations);
        }

        times.Sort();
        return new Figure(name, times[Rounds / 2], bytes);
    }

    private void MultiplyBase(int count)
    {
        ulong product = 1234567 | _sink, factor = 0x0123_4567_89AB_CDEF;
        for (var i = 0; i < 64 * count; i++)
        {
            product = Goldilocks.Multiply(product, factor);
        }

        _sink |= product;
    }

    private void MultiplyQuintic(int count)
    {
        GFp5 factor = new(0x0123_4567_89AB_CDEF, 2, 0xFEDC_BA98_7654_3210, 4, 0x7777_7777_7777_7777), product = factor;
        for (var i = 0; i < 16 * count; i++)
        {
            product *= factor;
        }

        _sink |= product.A0;
    }

    private static Figure EightAtOnce() => Avx512F.IsSupported ? EightAtOnce<Vector512<ulong>, Lanes512>()
        : Avx2.IsSupported ? EightAtOnce<Vector256<ulong>, Lanes256>()
        : EightAtOnce<ulong, ScalarLane>();

    private static Figure EightAtOnce<TVector, TLanes>()
        where TVector : unmanaged
        where TLanes : ILanes<TVector>
    {
        Quintic<TVector> left = default;
        for (var i = 0; i < GFp5.LimbCount; i++)
        {
            left[i] = TLanes.Broadcast(0x0123_4567_89AB_CDEFUL * (ulong)(i + 1));
        }

        return Measure.Time("gfp5_mul_x8", count =>
        {
            Quintic<TVector> product = left;
            for (var i = 0; i < count * (8 / TLanes.Count); i++)
            {
                QuinticLanes<TVector, TLanes>.Convolve(in product, out var convolved);
                QuinticLanes<TVector, TLanes>.Multiply(in left, in convolved, out var wide);
                QuinticLanes<TVector, TLanes>.Fold(in wide, out product);
            }

            left = product;
        });
    }

    private void Permute(int count)
    {
        Span<ulong> state = stackalloc ulong[Poseidon2.Width];
        for (var i = 0; i < count; i++)
        {
            Poseidon2.Permute(state);
        }

        _sink |= state[0];
    }

    private void MultiplyGenerator(int count)
    {
        Span<byte> bytes = stackalloc byte[Scalar.Size];
        bytes.Fill(0x35);
        var k = Scalar.Reduce(bytes);
        for (var i = 0; i < count; i++)
        {
            FixedBaseComb.Generator.Multiply(k, out var product);
            _sink |= product.X.A0;
        }
    }

    private void Sign(int count, PreparedNonces? nonces)
    {
        for (var i = 0; i < count; i++)
        {
            _sink |= Schnorr.Sign(_key, _message, nonces).GetHashCode() < 0 ? 1UL : 0;
        }
    }

    private void Frame(int count, PreparedNonces? nonces)
    {
        for (var i = 0; i < count; i++)
        {
            _sink += (ulong)_outbound.WriteFrame(nonces);
        }
    }

    private void Verify(int count)
    {
        var signature = Schnorr.Sign(_key, _message);
        for (var i = 0; i < count; i++)
        {
            Require(Schnorr.Verify(_key.PublicKey, _message, signature));
        }
    }

    private Figure VerifyKnown()
    {
        Require(LighterVerifier.TryCreate(_key.PublicKey, out var verifier));
        var signature = Schnorr.Sign(_key, _message);
        return Measure.Time("verify_known", count =>
        {
            for (var i = 0; i < count; i++)
            {
                Require(verifier!.Verify(_message, signature));
            }
        });
    }

    /// <summary>As the client makes it: each signed, and written at once as text in JSON in a form.</summary>
    private void Body(int count, PreparedNonces? nonces)
    {
        for (var i = 0; i < count; i++)
        {
            _sink += (ulong)_outbound.WriteBatch(nonces);
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A signature of this run does not verify.");
        }
    }
}
