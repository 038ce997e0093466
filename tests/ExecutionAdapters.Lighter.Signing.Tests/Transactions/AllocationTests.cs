namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class AllocationTests
{
    /// <summary>The runtime itself allocates a little on the caller's thread while it compiles a method anew; what the method allocates, it allocates in every round.</summary>
    private const int Rounds = 10;

    [Fact]
    public void Span_form_of_sign_allocates_nothing()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        byte[] destination = new byte[LighterTransactionSigner.MaximumTxInfoSize];
        AllocatesNothing(Samples.CreateOrder with { Header = Samples.Header with { Attributes = default(TransactionAttributes).Integrator(77, 1, 2).SkipNonce() } });
        AllocatesNothing(Samples.ParentAndPair);
        AllocatesNothing(Samples.Transfer);
        AllocatesNothing(Samples.ChangePubKey);
        AllocatesNothing((CancelOrderTransaction)Samples.Of(LighterTransactionType.CancelOrder));
        AllocatesNothing((WithdrawTransaction)Samples.Of(LighterTransactionType.Withdraw));

        void AllocatesNothing<T>(T transaction)
            where T : struct, ILighterTransaction
        {
            Run(transaction);
            Assert.Equal(0, LeastAllocated(() => Run(transaction)));
        }

        void Run<T>(in T transaction)
            where T : struct, ILighterTransaction
        {
            for (int i = 0; i < 50; i++)
            {
                LighterTransactionSigner.Sign(304, transaction, key, destination, out _, out _);
            }
        }
    }

    [Fact]
    public void Schnorr_and_hash_allocate_nothing()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        LighterPublicKey publicKey = key.PublicKey;
        CreateOrderTransaction order = Samples.CreateOrder;
        Run();
        Assert.Equal(0, LeastAllocated(Run));

        void Run()
        {
            TransactionHash hash = LighterTransactionSigner.Hash(304, order);
            LighterSignature signature = Schnorr.Sign(key, hash);
            Assert.True(Schnorr.Verify(publicKey, hash, signature));
        }
    }

    private static long LeastAllocated(Action run)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Rounds; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
