using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests;

public sealed class PreparedNoncesTests
{
    [Fact]
    public async Task Signatures_with_prepared_nonces_verify_and_no_two_share_one()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        LighterPublicKey publicKey = key.PublicKey;
        using var nonces = new PreparedNonces(key, capacity: 16);
        var random = new RandomValues(71);
        TransactionHash same = random.Hash();
        var signatures = new HashSet<LighterSignature>();
        for (int i = 0; i < 60; i++)
        {
            await UntilAsync(() => nonces.Count > 0);
            LighterSignature signature = Schnorr.Sign(key, same, nonces);
            Assert.True(Schnorr.Verify(publicKey, same, signature));
            Assert.True(signatures.Add(signature));
        }
    }

    [Fact]
    public async Task A_prepared_pair_is_a_scalar_and_its_commitment()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        using var nonces = new PreparedNonces(key, capacity: 11);
        await UntilAsync(() => nonces.Count == 11);
        var scalars = new HashSet<Scalar>();
        while (scalars.Count < 30)
        {
            if (nonces.TryTake(key, out Scalar k, out GFp5 commitment))
            {
                Assert.True(scalars.Add(k));
                Assert.Equal(PointMultiplication.Multiply(k, CurvePoint.Generator).Encode(), commitment);
            }
        }
    }

    [Fact]
    public async Task Pairs_are_thrown_away_when_either_clock_says_that_they_are_old()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        foreach ((TimeSpan monotonic, TimeSpan wall) in new[]
        {
            (PreparedNonces.MaximumAge, TimeSpan.Zero), (TimeSpan.Zero, PreparedNonces.MaximumAge), (TimeSpan.Zero, TimeSpan.FromSeconds(-1)),
        })
        {
            var clock = new TwoClocks();
            using var nonces = new PreparedNonces(key, capacity: 8, clock);
            await UntilAsync(() => nonces.Count == 8);
            clock.Turn(monotonic, wall);
            Assert.False(nonces.TryTake(key, out _, out _), $"{monotonic} {wall}");
            TransactionHash message = new RandomValues(72).Hash();
            Assert.True(Schnorr.Verify(key.PublicKey, message, Schnorr.Sign(key, message, nonces)));
            await UntilAsync(() => nonces.Count == 8);
        }
    }

    [Fact]
    public void Nonces_of_one_key_sign_for_no_other()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        using LighterPrivateKey other = LighterPrivateKey.Generate();
        using var nonces = new PreparedNonces(key);
        Assert.Throws<ArgumentException>(() => Schnorr.Sign(other, default, nonces));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PreparedNonces(key, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PreparedNonces(key, PreparedNonces.MaximumCapacity + 1));
        Assert.Equal("PreparedNonces(***)", nonces.ToString());
    }

    [Fact]
    public async Task A_disposed_pool_is_empty_and_signing_goes_on()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        var nonces = new PreparedNonces(key, capacity: 8);
        await UntilAsync(() => nonces.Count == 8);
        nonces.Dispose();
        nonces.Dispose();
        Assert.Equal(0, nonces.Count);
        TransactionHash message = new RandomValues(73).Hash();
        Assert.True(Schnorr.Verify(key.PublicKey, message, Schnorr.Sign(key, message, nonces)));
    }

    [Fact]
    public async Task Many_threads_never_get_the_same_pair()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        using var nonces = new PreparedNonces(key, capacity: 64);
        TransactionHash message = new RandomValues(74).Hash();
        LighterSignature[][] signatures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 200).Select(_ => Schnorr.Sign(key, message, nonces)).ToArray())));
        Assert.Equal(800, signatures.SelectMany(some => some).Distinct().Count());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(1, limit.Token);
        }
    }

    /// <summary>A clock whose two faces can be turned apart.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long _timestamp = TimeSpan.TicksPerDay;
        private long _utcTicks = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _timestamp);

        public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _utcTicks), TimeSpan.Zero);

        public void Turn(TimeSpan monotonic, TimeSpan wall)
        {
            Interlocked.Add(ref _timestamp, monotonic.Ticks);
            Interlocked.Add(ref _utcTicks, wall.Ticks);
        }
    }
}
