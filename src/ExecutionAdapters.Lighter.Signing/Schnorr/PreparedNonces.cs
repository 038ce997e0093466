using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing;

/// <summary>
/// Pairs of a one-time scalar k and its commitment R = k G, made ahead by a thread of low priority, so that a signature costs only its
/// challenge and one multiplication. Each pair is used once and overwritten. An empty pool is no error: signing then makes a fresh k.
/// Safe for concurrent use. Dispose it before its key.
/// </summary>
/// <remarks>
/// A pair that is used for two messages reveals the key. Within a process that cannot happen. A copy of the process can do it: one made by
/// fork (which .NET does not support), or a virtual machine restored from a snapshot. Therefore pairs live in memory only, are thrown away
/// after <see cref="MaximumAge"/> by either clock, and k is derived of the key, random bytes, both clocks and a counter, never of
/// random bytes alone. Where machines are restored from snapshots of a running trader, do without a pool.
/// </remarks>
public sealed class PreparedNonces : IDisposable
{
    /// <summary>The fewest pairs that a pool may hold: 8.</summary>
    public const int MinimumCapacity = BatchSize;

    /// <summary>The most pairs that a pool may hold: 4,096.</summary>
    public const int MaximumCapacity = 4096;

    /// <summary>Pairs made together: they share one inversion.</summary>
    private const int BatchSize = 8;

    private readonly LighterPrivateKey _key;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _lock = new();
    private readonly Pair[] _pairs;
    // Never disposed: a timer that rings while the pool ends may still set it.
    private readonly AutoResetEvent _wake = new(initialState: true);
    private readonly ITimer _timer;
    private readonly Thread _thread;
    private ulong _counter;
    private int _first;
    private int _count;
    private volatile bool _isDisposed;

    /// <summary>Starts to fill a pool.</summary>
    /// <param name="key">The key that will sign.</param>
    /// <param name="capacity">How many pairs are kept ready, from <see cref="MinimumCapacity"/> to <see cref="MaximumCapacity"/>.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public PreparedNonces(LighterPrivateKey key, int capacity = 64, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinimumCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaximumCapacity);
        _key = key;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _pairs = GC.AllocateArray<Pair>(capacity, pinned: true);
        _timer = _timeProvider.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, MaximumAge / 2, MaximumAge / 2);
        _thread = BackgroundThread.Start(FillAgainAndAgain, "prepared nonces");
    }

    /// <summary>How long a pair is kept before it is thrown away unused: 10 s.</summary>
    public static TimeSpan MaximumAge { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How many pairs are ready.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>Stops filling and overwrites every pair. Signatures that are under way end with fresh scalars.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            while (_count > 0)
            {
                DropFirst();
            }
        }

        _timer.Dispose();
        _wake.Set();
        _thread.Join();
        SecretMemory.Clear<Pair>(_pairs);
    }

    /// <summary>Never a pair: <c>PreparedNonces(***)</c>.</summary>
    public override string ToString() => "PreparedNonces(***)";

    /// <summary>Takes a pair out. The caller clears k after use.</summary>
    /// <exception cref="ArgumentException">The pool was made for another key.</exception>
    internal bool TryTake(LighterPrivateKey key, out Scalar k, out GFp5 commitment)
    {
        if (!ReferenceEquals(key, _key))
        {
            throw new ArgumentException("These nonces were prepared for another private key.", nameof(key));
        }

        k = default;
        commitment = default;
        if (!_lock.TryEnter())
        {
            // The filling thread, of low priority, has it: a fresh k is quicker than waiting for that to get on.
            return false;
        }

        try
        {
            DropStale();
            bool isThere = _count > 0;
            if (isThere)
            {
                ref Pair pair = ref _pairs[_first];
                k = pair.K;
                commitment = pair.Commitment;
                DropFirst();
            }

            if (_count < _pairs.Length / 2)
            {
                _wake.Set();
            }

            return isThere;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private bool IsStale(in Pair pair)
    {
        TimeSpan wallAge = _timeProvider.GetUtcNow() - new DateTimeOffset(pair.MadeAtUtcTicks, TimeSpan.Zero);
        return _timeProvider.GetElapsedTime(pair.MadeAt) >= MaximumAge || wallAge >= MaximumAge || wallAge < TimeSpan.Zero;
    }

    /// <summary>Pairs stand in the order in which they were made.</summary>
    private void DropStale()
    {
        while (_count > 0 && IsStale(_pairs[_first]))
        {
            DropFirst();
        }
    }

    private void DropFirst()
    {
        SecretMemory.Clear(ref _pairs[_first]);
        _first = (_first + 1) % _pairs.Length;
        _count--;
    }

    private void FillAgainAndAgain()
    {
        while (!_isDisposed)
        {
            _wake.WaitOne();
            try
            {
                while (FillOnce())
                {
                }
            }
            catch (Exception)
            {
                // The key is gone, or there are no random bytes to be had: without a pool signing goes on by itself, and tells what is wrong.
                return;
            }
        }
    }

    /// <summary>Adds up to eight pairs. False: the pool is full, or at its end.</summary>
    private bool FillOnce()
    {
        int wanted;
        lock (_lock)
        {
            DropStale();
            wanted = _isDisposed ? 0 : Math.Min(BatchSize, _pairs.Length - _count);
        }

        if (wanted == 0)
        {
            return false;
        }

        Span<Pair> made = stackalloc Pair[BatchSize];
        try
        {
            Make(made[..wanted]);
            lock (_lock)
            {
                for (int i = 0; i < wanted && !_isDisposed; i++)
                {
                    _pairs[(_first + _count) % _pairs.Length] = made[i];
                    _count++;
                }
            }
        }
        finally
        {
            SecretMemory.Clear(made);
            SecretMemory.ClearStackBelow();
        }

        return true;
    }

    private void Make(Span<Pair> pairs)
    {
        Span<CurvePoint> points = stackalloc CurvePoint[BatchSize];
        points = points[..pairs.Length];
        _key.LoadScalar(out Scalar secret);
        try
        {
            for (int i = 0; i < pairs.Length; i++)
            {
                ref Pair pair = ref pairs[i];
                pair.MadeAt = _timeProvider.GetTimestamp();
                pair.MadeAtUtcTicks = _timeProvider.GetUtcNow().UtcTicks;
                SigningNonce.Derive(secret, new TransactionHash(new GFp5((ulong)pair.MadeAt >> 1, (ulong)pair.MadeAtUtcTicks, ++_counter, 0, 0)), out pair.K);
                FixedBaseComb.Generator.Multiply(pair.K, out points[i]);
            }

            Encode(points, pairs);
        }
        finally
        {
            SecretMemory.Clear(ref secret);
            SecretMemory.Clear(points);
        }
    }

    /// <summary>T/U of every point, with one inversion for all. U is zero only for k = 0, which is never derived.</summary>
    private static void Encode(ReadOnlySpan<CurvePoint> points, Span<Pair> pairs)
    {
        GFp5 product = GFp5.One;
        for (int i = 0; i < points.Length; i++)
        {
            pairs[i].Commitment = product;
            product *= points[i].U;
        }

        GFp5 inverse = product.Invert();
        for (int i = points.Length - 1; i >= 0; i--)
        {
            pairs[i].Commitment = (points[i].T * pairs[i].Commitment * inverse).Canonical();
            inverse *= points[i].U;
        }

        SecretMemory.Clear(ref product);
        SecretMemory.Clear(ref inverse);
    }

    private struct Pair
    {
        public Scalar K;
        public GFp5 Commitment;
        public long MadeAt;
        public long MadeAtUtcTicks;
    }
}
