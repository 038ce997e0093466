using static ExecutionAdapters.Lighter.Signing.Tests.Transactions.RangeLimits;

namespace ExecutionAdapters.Lighter.Signing.Tests.Transactions;

/// <summary>Each numeric limit: the value at the edge passes, one beyond is refused with the member's name and the venue's code.</summary>
public sealed class RangeRuleTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Edges_pass_and_one_beyond_is_refused(string name)
    {
        Limit limit = All[name];
        Assert.Null(limit.With(limit.Minimum).Validate());
        Assert.Null(limit.With(limit.Maximum).Validate());

        // Outside the member's type there is nothing to refuse.
        if (limit.Minimum > limit.TypeMinimum)
        {
            Refused(limit, limit.Minimum - 1, limit.TooLowCode);
        }

        if (limit.Maximum < limit.TypeMaximum)
        {
            Refused(limit, limit.Maximum + 1, limit.TooHighCode);
            Refused(limit, limit.TypeMaximum, limit.TooHighCode);
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(254, true)]
    [InlineData(2048, true)]
    [InlineData(4094, true)]
    [InlineData(-1, false)]
    [InlineData(255, false)]
    [InlineData(256, false)]
    [InlineData(2047, false)]
    [InlineData(4095, false)]
    [InlineData(short.MaxValue, false)]
    [InlineData(short.MinValue, false)]
    public void Markets_are_perpetuals_or_spot(short market, bool valid)
    {
        foreach (ILighterTransaction transaction in new ILighterTransaction[]
        {
            Order(Samples.Limit with { MarketIndex = market }),
            new CancelOrderTransaction { Header = Samples.Header, MarketIndex = market, Index = 1 },
            Modify() with { MarketIndex = market },
        })
        {
            TransactionRuleViolation? violation = transaction.Validate();
            Assert.Equal(valid ? null : "MarketIndex", violation?.Member);
            Assert.Equal(valid ? null : 21602, violation?.VenueCode);
        }
    }

    [Fact]
    public void All_keys_may_only_cancel_all()
    {
        foreach (LighterTransactionType type in Samples.Types)
        {
            TransactionRuleViolation? violation = TransactionRules.Header(type, Samples.Header with { ApiKeyIndex = 255 });
            Assert.Equal(type == LighterTransactionType.CancelAllOrders, violation is null);
        }

        Assert.Null((CancelAll(LighterCancelAllTimeInForce.Immediate, 0) with { Header = Samples.Header with { ApiKeyIndex = 255 } }).Validate());
    }

    [Fact]
    public void Undefined_cancel_all_time_in_force_is_refused() =>
        Violates("TimeInForce", 21713, CancelAll((LighterCancelAllTimeInForce)3, 0));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void No_layer_1_signature_is_valid(string? text)
    {
        TransferTransaction transfer = Samples.Transfer with { L1Signature = text! };
        Assert.Null(transfer.Validate());
        Assert.Equal("", transfer.L1Signature);
        Assert.Equal(Samples.Transfer with { L1Signature = "" }, transfer);
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("0x12")]
    [InlineData("\"")]
    [InlineData("0X{0}")]
    [InlineData("{0}00")]
    [InlineData("0x{0}0")]
    [InlineData("0x{0}00")]
    public void Malformed_layer_1_signatures_are_refused(string form)
    {
        string text = form.Replace("{0}", new string('a', 130), StringComparison.Ordinal);
        Violates("L1Sig", 21504, Samples.Transfer with { L1Signature = text });
        Violates("L1Sig", 21504, Samples.ChangePubKey with { L1Signature = text });
        Violates("L1Sig", 21504, Samples.ApproveIntegrator with { L1Signature = text });
        Violates("L1Sig", 21504, Samples.Transfer with { L1Signature = "0x" + new string('a', 129) + "\u0131" });
    }

    [Fact]
    public void Registration_of_no_key_is_refused() => Violates("PubKey", 21108, Samples.ChangePubKey with { PublicKey = default });

    [Theory]
    [MemberData(nameof(Samples.AllTypes), MemberType = typeof(Samples))]
    public void Samples_are_valid_and_their_header_is_checked(LighterTransactionType type)
    {
        Assert.Null(Samples.Of(type).Validate());
        Assert.Equal(type, Samples.Of(type).Type);
    }

    [Fact]
    public void Every_type_checks_header_and_attributes()
    {
        TransactionHeader badNonce = Samples.Header with { Nonce = -1 };
        TransactionHeader badAttribute = Samples.Header with { Attributes = default(TransactionAttributes).With(4, 2) };
        foreach ((TransactionHeader header, string member) in new[] { (badNonce, "Nonce"), (badAttribute, "SkipTxNonce") })
        {
            ILighterTransaction[] all =
            [
                Samples.ChangePubKey with { Header = header },
                new CreateSubAccountTransaction { Header = header },
                CreatePool() with { Header = header },
                UpdatePool() with { Header = header },
                Samples.Transfer with { Header = header },
                Withdraw() with { Header = header },
                Samples.CreateOrder with { Header = header },
                Cancel(header),
                CancelAll(LighterCancelAllTimeInForce.Immediate, 0) with { Header = header },
                Modify() with { Header = header },
                new MintSharesTransaction { Header = header, PublicPoolIndex = Pool, ShareAmount = 1 },
                new BurnSharesTransaction { Header = header, PublicPoolIndex = Pool, ShareAmount = 1 },
                Leverage() with { Header = header },
                Samples.Pair with { Header = header },
                Margin() with { Header = header },
                new StakeAssetsTransaction { Header = header, StakingPoolIndex = Pool, ShareAmount = 1 },
                new UnstakeAssetsTransaction { Header = header, StakingPoolIndex = Pool, ShareAmount = 1 },
                new UpdateAccountConfigTransaction { Header = header },
                AssetConfig() with { Header = header },
                Samples.ApproveIntegrator with { Header = header },
            ];
            Assert.Equal(Samples.Types, all.Select(transaction => transaction.Type));
            Assert.All(all, transaction => Assert.Equal(member, transaction.Validate()?.Member));
        }
    }

    [Fact]
    public void Broken_rules_are_not_signed()
    {
        using LighterPrivateKey key = LighterPrivateKey.Generate();
        CreateOrderTransaction order = Order(Samples.Limit with { Price = 0 });
        LighterTransactionException exception = Assert.Throws<LighterTransactionException>(() => LighterTransactionSigner.Sign(304, order, key));
        Assert.Equal(("Price", 21702), (exception.Violation.Member, exception.Violation.VenueCode));
        Assert.Contains("Price is 0; it must be 1 to 4294967295 ticks.", exception.Message, StringComparison.Ordinal);
        Assert.Throws<LighterTransactionException>(() => LighterTransactionSigner.Sign(304, (ILighterTransaction)order, key));
        Assert.Throws<LighterTransactionException>(() => LighterTransactionSigner.Sign(304, order, key, new byte[2048], out _, out _));
    }

    private static void Refused(Limit limit, Int128 value, int code)
    {
        TransactionRuleViolation? violation = limit.With(value).Validate();
        Assert.NotNull(violation);
        Assert.Equal((limit.Member, code), (violation.Member, violation.VenueCode));
        Assert.Contains($"{limit.Member} is {value}", violation.Message, StringComparison.Ordinal);
    }

    private static void Violates<T>(string member, int code, in T transaction)
        where T : struct, ILighterTransaction
    {
        TransactionRuleViolation? violation = transaction.Validate();
        Assert.NotNull(violation);
        Assert.Equal((member, code), (violation.Member, violation.VenueCode));
    }
}
