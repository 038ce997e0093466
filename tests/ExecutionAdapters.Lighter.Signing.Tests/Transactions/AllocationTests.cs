namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class AllocationTests
{
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
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(transaction);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            TransactionHash hash = LighterTransactionSigner.Hash(304, order);
            LighterSignature signature = Schnorr.Sign(key, hash);
            Assert.True(Schnorr.Verify(publicKey, hash, signature));
        }
    }
}
