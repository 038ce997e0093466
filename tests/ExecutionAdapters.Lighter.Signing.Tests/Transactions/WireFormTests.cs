using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

public sealed class WireFormTests : IDisposable
{
    private const string Order =
        "MarketIndex,ClientOrderIndex,BaseAmount,Price,IsAsk,Type,TimeInForce,ReduceOnly,TriggerPrice,OrderExpiry";

    private readonly LighterPrivateKey _key = LighterPrivateKey.FromSeed(new byte[32]);

    public void Dispose() => _key.Dispose();

    /// <summary>The declared order of the members, as the venue's documentation lists them; not taken from the code.</summary>
    public static TheoryData<LighterTransactionType, string> DeclaredOrder => new()
    {
        { LighterTransactionType.ChangePubKey, "AccountIndex,ApiKeyIndex,PubKey,L1Sig,ExpiredAt,Nonce,Sig,L2TxAttributes" },
        { LighterTransactionType.CreateSubAccount, "AccountIndex,ApiKeyIndex,ExpiredAt,Nonce,Sig,L2TxAttributes" },
        { LighterTransactionType.CreatePublicPool, Plain("OperatorFee,InitialTotalShares,MinOperatorShareRate") },
        { LighterTransactionType.UpdatePublicPool, Plain("PublicPoolIndex,Status,OperatorFee,MinOperatorShareRate") },
        {
            LighterTransactionType.Transfer,
            "FromAccountIndex,ApiKeyIndex,ToAccountIndex,AssetIndex,FromRouteType,ToRouteType,Amount,USDCFee,Memo,ExpiredAt,Nonce,Sig,L1Sig,L2TxAttributes"
        },
        { LighterTransactionType.Withdraw, "FromAccountIndex,ApiKeyIndex,AssetIndex,RouteType,Amount,ExpiredAt,Nonce,Sig,L2TxAttributes" },
        { LighterTransactionType.CreateOrder, Plain(Order) },
        { LighterTransactionType.CancelOrder, Plain("MarketIndex,Index") },
        { LighterTransactionType.CancelAllOrders, Plain("TimeInForce,Time") },
        { LighterTransactionType.ModifyOrder, Plain("MarketIndex,Index,BaseAmount,Price,TriggerPrice") },
        { LighterTransactionType.MintShares, Plain("PublicPoolIndex,ShareAmount") },
        { LighterTransactionType.BurnShares, Plain("PublicPoolIndex,ShareAmount") },
        { LighterTransactionType.UpdateLeverage, Plain("MarketIndex,InitialMarginFraction,MarginMode") },
        { LighterTransactionType.CreateGroupedOrders, Plain("GroupingType,Orders") },
        { LighterTransactionType.UpdateMargin, Plain("MarketIndex,USDCAmount,Direction") },
        { LighterTransactionType.StakeAssets, Plain("StakingPoolIndex,ShareAmount") },
        { LighterTransactionType.UnstakeAssets, Plain("StakingPoolIndex,ShareAmount") },
        { LighterTransactionType.UpdateAccountConfig, Plain("AccountTradingMode") },
        { LighterTransactionType.UpdateAccountAssetConfig, Plain("AssetIndex,AssetMarginMode") },
        {
            LighterTransactionType.ApproveIntegrator,
            "AccountIndex,ApiKeyIndex,IntegratorAccountIndex,MaxPerpsTakerFee,MaxPerpsMakerFee,MaxSpotTakerFee,MaxSpotMakerFee,ApprovalExpiry,"
                + "ExpiredAt,Nonce,Sig,L1Sig,L2TxAttributes"
        },
    };

    [Theory]
    [MemberData(nameof(DeclaredOrder))]
    public void Members_stand_in_the_declared_order(LighterTransactionType type, string expected)
    {
        JsonElement written = JsonElement.Parse(LighterTransactionSigner.Sign(304, Samples.Of(type), _key).TxInfo.Span);
        Assert.Equal(expected, string.Join(',', written.EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public void Create_order_is_written_byte_for_byte()
    {
        var order = new CreateOrderTransaction
        {
            Header = Samples.Header with { Attributes = default(TransactionAttributes).Integrator(77, 0, 0).SkipNonce() },
            Order = Samples.Limit,
        };
        SignedTransaction signed = LighterTransactionSigner.Sign(304, order, _key);
        byte[] signature = new byte[LighterSignature.Size];
        signed.Signature.CopyTo(signature);
        Assert.Equal(
            """{"AccountIndex":4711,"ApiKeyIndex":7,"MarketIndex":3,"ClientOrderIndex":1001,"BaseAmount":2500,"Price":310000,"IsAsk":1,"""
            + "\"Type\":0,\"TimeInForce\":1,\"ReduceOnly\":0,\"TriggerPrice\":0,\"OrderExpiry\":1790086400000,"
            + "\"ExpiredAt\":1790000000000,\"Nonce\":42,\"Sig\":\""
            + Convert.ToBase64String(signature)
            + "\",\"L2TxAttributes\":{\"1\":77,\"4\":1}}",
            Encoding.UTF8.GetString(signed.TxInfo.Span));
    }

    [Fact]
    public void Grouped_orders_hold_nothing_but_order_members()
    {
        JsonElement written = JsonElement.Parse(LighterTransactionSigner.Sign(304, Samples.ParentAndPair, _key).TxInfo.Span);
        JsonElement orders = written.GetProperty("Orders");
        Assert.Equal(3, orders.GetArrayLength());
        foreach (JsonElement order in orders.EnumerateArray())
        {
            Assert.Equal(Order, string.Join(',', order.EnumerateObject().Select(member => member.Name)));
        }
    }

    [Fact]
    public void Attributes_that_are_nil_are_neither_written_nor_hashed()
    {
        TransactionAttributes nil = default(TransactionAttributes).With(1, 0).With(2, 0).With(3, 0).With(6, 0);
        CreateOrderTransaction plain = Samples.CreateOrder;
        CreateOrderTransaction withNil = plain with { Header = plain.Header with { Attributes = nil } };
        Assert.Equal(LighterTransactionSigner.Hash(304, plain), LighterTransactionSigner.Hash(304, withNil));
        Assert.EndsWith("\"L2TxAttributes\":null}", Encoding.UTF8.GetString(LighterTransactionSigner.Sign(304, withNil, _key).TxInfo.Span), StringComparison.Ordinal);
        Assert.True(TransactionAttributeTable.IsNil(5, 255));
        Assert.False(TransactionAttributeTable.IsNil(5, 0));
    }

    [Fact]
    public void Unknown_attributes_are_hashed_and_written()
    {
        CreateOrderTransaction plain = Samples.CreateOrder;
        CreateOrderTransaction newer = plain with { Header = plain.Header with { Attributes = default(TransactionAttributes).With(8, 2) } };
        Assert.Null(newer.Validate());
        Assert.NotEqual(LighterTransactionSigner.Hash(304, plain), LighterTransactionSigner.Hash(304, newer));
        Assert.EndsWith("\"L2TxAttributes\":{\"8\":2}}", Encoding.UTF8.GetString(LighterTransactionSigner.Sign(304, newer, _key).TxInfo.Span), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Every_hashed_header_member_changes_the_hash(LighterTransactionType type)
    {
        ILighterTransaction transaction = Samples.Of(type);
        TransactionHeader header = transaction.Header;
        var hashes = new HashSet<TransactionHash>
        {
            LighterTransactionSigner.Hash(304, transaction),
            LighterTransactionSigner.Hash(300, transaction),
            HashWith(type, header with { AccountIndex = 1 }),
            HashWith(type, header with { ApiKeyIndex = 8 }),
            HashWith(type, header with { ExpiredAt = 1 }),
            HashWith(type, header with { Nonce = 1 }),
            HashWith(type, header with { Attributes = header.Attributes.SkipNonce() }),
        };
        Assert.Equal(7, hashes.Count);
    }

    [Fact]
    public void Memo_and_layer_1_signature_are_not_hashed()
    {
        TransferTransaction transfer = Samples.Transfer;
        Assert.Equal(LighterTransactionSigner.Hash(304, transfer), LighterTransactionSigner.Hash(304, transfer with { Memo = default, L1Signature = "" }));
    }

    [Fact]
    public void Generic_and_interface_forms_agree()
    {
        CreateGroupedOrdersTransaction group = Samples.Pair;
        byte[] nonce = [.. Enumerable.Repeat((byte)1, 40)];
        Assert.Equal(LighterTransactionSigner.Hash(304, group), LighterTransactionSigner.Hash(304, (ILighterTransaction)group));
        SignedTransaction signed = LighterTransactionSigner.SignWithFixedNonce(304, group, _key, nonce);
        Assert.Equal(signed.Signature, Schnorr.SignWithFixedNonce(_key, LighterTransactionSigner.Hash(304, group), nonce));
    }

    [Fact]
    public void Span_form_writes_what_verifies()
    {
        Span<byte> destination = new byte[LighterTransactionSigner.MaximumTxInfoSize];
        int length = LighterTransactionSigner.Sign(304, Samples.Transfer, _key, destination, out TransactionHash hash, out LighterSignature signature);
        Assert.True(Schnorr.Verify(_key.PublicKey, hash, signature));
        Assert.True(LighterTransactionReader.TryRead(12, destination[..length], out ParsedTransaction? parsed, out string? error), error);
        Assert.Equal(Samples.Transfer, parsed.Transaction);
        Assert.Equal(signature, parsed.Signature);
    }

    [Fact]
    public void Any_too_small_destination_is_refused()
    {
        int needed = LighterTransactionSigner.Sign(304, Samples.ParentAndPair, _key).TxInfo.Length;
        byte[] destination = new byte[needed];
        for (int length = 0; length < needed; length++)
        {
            Assert.Throws<ArgumentException>(
                "destination", () => LighterTransactionSigner.Sign(304, Samples.ParentAndPair, _key, destination.AsSpan(0, length), out _, out _));
        }

        Assert.Equal(needed, LighterTransactionSigner.Sign(304, Samples.ParentAndPair, _key, destination, out _, out _));
    }

    [Fact]
    public void Longest_transaction_fits_the_promised_size()
    {
        LighterOrderInfo longest = Samples.Stop with
        {
            MarketIndex = 254,
            BaseAmount = LighterLimits.MaximumBaseAmount,
            Price = uint.MaxValue,
            TriggerPrice = uint.MaxValue,
            OrderExpiry = long.MaxValue,
        };
        TransactionAttributes attributes = default(TransactionAttributes)
            .With(252, long.MinValue).With(253, long.MinValue).With(254, long.MinValue).With(255, long.MinValue);
        CreateGroupedOrdersTransaction group = Samples.Group(
            LighterGroupingType.OneTriggersAOneCancelsTheOther,
            longest with { Type = LighterOrderType.Limit, TriggerPrice = 0, ClientOrderIndex = LighterLimits.MaximumClientOrderIndex },
            longest with { BaseAmount = 0, IsAsk = true, ClientOrderIndex = LighterLimits.MaximumClientOrderIndex - 1 },
            longest with { BaseAmount = 0, IsAsk = true, Type = LighterOrderType.TakeProfitLimit, ClientOrderIndex = LighterLimits.MaximumClientOrderIndex - 2 }) with
        {
            Header = new TransactionHeader(LighterLimits.MaximumAccountIndex, 254, LighterLimits.MaximumTimestamp, long.MaxValue, attributes),
        };
        Assert.InRange(LighterTransactionSigner.Sign(304, group, _key).TxInfo.Length, 900, LighterTransactionSigner.MaximumTxInfoSize);
    }

    [Fact]
    public void Hash_of_an_empty_group_is_taken_without_failing() =>
        Assert.NotEqual(default, LighterTransactionSigner.Hash(304, new CreateGroupedOrdersTransaction { Orders = ImmutableArray<LighterOrderInfo>.Empty }));

    private static string Plain(string body) => $"AccountIndex,ApiKeyIndex,{body},ExpiredAt,Nonce,Sig,L2TxAttributes";

    private static TransactionHash HashWith(LighterTransactionType type, TransactionHeader header)
    {
        string text = Encoding.UTF8.GetString(Unsigned(Samples.Of(type)));
        text = text.Replace($"AccountIndex\":{Samples.Header.AccountIndex},", $"AccountIndex\":{header.AccountIndex},", StringComparison.Ordinal)
            .Replace($"\"ApiKeyIndex\":{Samples.Header.ApiKeyIndex}", $"\"ApiKeyIndex\":{header.ApiKeyIndex}", StringComparison.Ordinal)
            .Replace($"\"ExpiredAt\":{Samples.Header.ExpiredAt}", $"\"ExpiredAt\":{header.ExpiredAt}", StringComparison.Ordinal)
            .Replace($"\"Nonce\":{Samples.Header.Nonce}", $"\"Nonce\":{header.Nonce}", StringComparison.Ordinal)
            .Replace("\"L2TxAttributes\":null", $"\"L2TxAttributes\":{header.Attributes}", StringComparison.Ordinal);
        Assert.True(LighterTransactionReader.TryRead((byte)type, Encoding.UTF8.GetBytes(text), out ParsedTransaction? parsed, out string? error), error);
        Assert.Equal(header, parsed.Transaction.Header);
        return LighterTransactionSigner.Hash(304, parsed.Transaction);
    }

    private static byte[] Unsigned(ILighterTransaction transaction)
    {
        using LighterPrivateKey key = LighterPrivateKey.FromSeed(new byte[32]);
        return LighterTransactionSigner.Sign(304, transaction, key).TxInfo.ToArray();
    }
}
