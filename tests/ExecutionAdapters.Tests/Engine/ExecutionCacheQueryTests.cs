using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using ExecutionAdapters.Tests.Engine.Reconciliation;

namespace ExecutionAdapters.Tests.Engine;

/// <summary>What the books answer, and what is taken out of them and put back.</summary>
public sealed class ExecutionCacheQueryTests
{
    private readonly ExecutionCache _cache = new();
    private readonly Scene _scene = new();

    public ExecutionCacheQueryTests()
    {
        foreach (var instrument in Scene.Instruments.Values)
        {
            _cache.AddInstrument(instrument);
        }
    }

    [Fact]
    public void Instruments_and_quotes_are_found_by_their_id_and_the_latest_quote_stays()
    {
        Assert.Same(Scene.Instruments[Scene.Eth], _cache.Instrument(Scene.Eth));
        Assert.Null(_cache.Instrument(InstrumentId.Parse("SOL-PERP.LIGHTER")));
        Assert.Null(_cache.Quote(Scene.Eth));
        _cache.SetQuote(Quote("2000.00"));
        _cache.SetQuote(Quote("2001.00"));
        Assert.Equal(Quote("2001.00"), _cache.Quote(Scene.Eth));
        Assert.Null(_cache.Quote(Scene.Btc));
    }

    [Fact]
    public void An_id_that_is_taken_is_named_in_the_refusal()
    {
        var order = Submitted(Scene.Eth);
        var refusal = Assert.Throws<ArgumentException>(() => _cache.AddOrder((OrderInitialized)order.Events[0]));
        Assert.Contains(order.ClientOrderId.Value, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orders_are_found_by_where_they_stand()
    {
        var begun = Begun(Scene.Eth);
        var submitted = Submitted(Scene.Eth);
        var open = Accepted(Scene.Eth, "1");
        var elsewhere = Accepted(Scene.Btc, "2");
        var closed = Accepted(Scene.Eth, "3");
        Assert.Null(_cache.Apply(Canceled(closed)));
        Assert.Equal(Set(begun, submitted, open, elsewhere, closed), Set([.. _cache.Orders()]));
        Assert.Equal(Set(open, elsewhere), Set([.. _cache.OrdersOpen()]));
        Assert.Equal([open], _cache.OrdersOpen(Scene.Eth, OrderSide.NoOrderSide));
        Assert.Equal([submitted], _cache.OrdersSubmitted());
        Assert.Equal([submitted], _cache.OrdersInFlight());
        Assert.Equal([closed], _cache.OrdersClosed());
    }

    [Fact]
    public void Open_orders_are_found_by_their_strategy()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.Equal([order], _cache.OrdersOpen(order.StrategyId));
        Assert.Empty(_cache.OrdersOpen(new StrategyId("S-002")));
    }

    [Fact]
    public void An_order_is_found_by_the_venues_id_within_its_account_and_instrument()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.Same(order, _cache.Order(Scene.Account, Scene.Eth, new VenueOrderId("1")));
        Assert.Null(_cache.Order(Scene.Account, Scene.Btc, new VenueOrderId("1")));
        Assert.Null(_cache.Order(new AccountId("LIGHTER-002"), Scene.Eth, new VenueOrderId("1")));
    }

    [Fact]
    public void An_order_that_was_taken_out_is_in_no_list()
    {
        var order = Submitted(Scene.Eth);
        Assert.True(_cache.RemoveOrder(order.ClientOrderId));
        Assert.Empty(_cache.OrdersSubmitted());
        Assert.Empty(_cache.Orders());
    }

    [Fact]
    public void Positions_are_found_by_account_and_instrument()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.Null(_cache.Apply(Fill(order, "T1")));
        var position = _cache.Position(Scene.Account, Scene.Eth);
        Assert.Equal(1m, position!.SignedQty);
        Assert.Equal([position], _cache.Positions());
        Assert.Null(_cache.Position(Scene.Account, Scene.Btc));
        Assert.Null(_cache.Position(new AccountId("LIGHTER-002"), Scene.Eth));
    }

    [Fact]
    public void A_trade_in_an_instrument_that_is_not_known_is_refused_with_its_name()
    {
        var unknown = InstrumentId.Parse("SOL-PERP.LIGHTER");
        var order = Accepted(unknown, "1");
        Assert.Equal($"OrderFilled: no instrument {unknown} in the cache.", _cache.Apply(Fill(order, "T1")));
        Assert.True(order.FilledQty.IsZero);
    }

    [Fact]
    public void A_trade_that_can_open_no_position_is_refused_with_the_reason()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.Contains("no side or no quantity", _cache.Apply(Fill(order, "T1") with { LastQty = Quantity.Zero(4) }), StringComparison.Ordinal);
        Assert.Empty(_cache.Positions());
        Assert.True(order.FilledQty.IsZero);
    }

    [Fact]
    public void A_trade_that_its_order_refuses_leaves_the_position_as_it_was()
    {
        Assert.Null(_cache.Apply(Fill(Accepted(Scene.Eth, "1"), "T1")));
        var before = _cache.Position(Scene.Account, Scene.Eth)!.Snapshot;
        var other = Accepted(Scene.Eth, "2");
        Assert.Contains("is a SELL", _cache.Apply(Fill(other, "T2") with { OrderSide = OrderSide.Sell }), StringComparison.Ordinal);
        Assert.Equal(before, _cache.Position(Scene.Account, Scene.Eth)!.Snapshot);
        // It is not remembered as applied either.
        Assert.Null(_cache.Apply(Fill(other, "T2")));
        Assert.Equal(2m, _cache.Position(Scene.Account, Scene.Eth)!.SignedQty);
    }

    [Fact]
    public void An_account_follows_its_states_and_refuses_one_of_another_kind()
    {
        Assert.Null(_cache.Account(Scene.Account));
        Assert.Null(_cache.Apply(State(1_000m)));
        var account = _cache.Account(Scene.Account)!;
        Assert.Null(_cache.Apply(State(900m)));
        Assert.Same(account, _cache.Account(Scene.Account));
        Assert.Equal(900m, account.Balance(Currency.USDC)!.Total.Amount);
        Assert.Contains("is of CASH account", _cache.Apply(State(800m) with { AccountType = AccountType.Cash }), StringComparison.Ordinal);
        Assert.Equal(900m, account.Balance(Currency.USDC)!.Total.Amount);
        Assert.Null(_cache.Account(new AccountId("LIGHTER-002")));
    }

    [Fact]
    public void Only_orders_that_were_over_before_a_time_are_forgotten_and_with_all_their_ids()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.Null(_cache.Apply(Canceled(order)));
        _cache.RemoveClosed(order.TsLast);
        Assert.Same(order, _cache.Order(order.ClientOrderId));
        var open = Accepted(Scene.Eth, "2");
        _cache.RemoveClosed(new UnixNanos(order.TsLast.Value + 1));
        Assert.Null(_cache.Order(order.ClientOrderId));
        Assert.Null(_cache.Order(Scene.Account, Scene.Eth, new VenueOrderId("1")));
        Assert.Same(open, _cache.Order(open.ClientOrderId));
    }

    [Fact]
    public void An_order_that_is_put_back_is_found_by_every_id_it_had()
    {
        var order = _scene.Accept(_scene.Submit(), "1");
        _scene.Apply(new OrderUpdated
        {
            TraderId = order.TraderId,
            StrategyId = order.StrategyId,
            InstrumentId = order.InstrumentId,
            ClientOrderId = order.ClientOrderId,
            AccountId = Scene.Account,
            VenueOrderId = new VenueOrderId("2"),
            Quantity = order.Quantity,
            EventId = Uuid4.New(),
            TsEvent = Scene.At(3),
            TsInit = Scene.At(3),
        });
        Assert.True(_cache.Restore(order));
        Assert.Same(order, _cache.Order(order.ClientOrderId));
        Assert.Same(order, _cache.Order(Scene.Account, Scene.Eth, new VenueOrderId("1")));
        Assert.Same(order, _cache.Order(Scene.Account, Scene.Eth, new VenueOrderId("2")));
        Assert.Equal([order], _cache.OrdersOpen());
    }

    [Fact]
    public void An_order_that_is_there_is_not_replaced_by_one_that_is_put_back()
    {
        var order = Accepted(Scene.Eth, "1");
        Assert.False(_cache.Restore(order.Copy()));
        Assert.Same(order, _cache.Order(order.ClientOrderId));
        Assert.Equal([order], _cache.OrdersOpen());
    }

    [Fact]
    public void A_position_that_is_put_back_goes_on_from_there()
    {
        Assert.Null(_cache.Apply(Fill(Accepted(Scene.Eth, "1"), "T1")));
        var kept = _cache.Position(Scene.Account, Scene.Eth)!;
        var later = new ExecutionCache();
        later.AddInstrument(Scene.Instruments[Scene.Eth]);
        later.Restore(kept.Copy());
        Assert.Equal(kept.Snapshot, later.Position(Scene.Account, Scene.Eth)!.Snapshot);
    }

    private static HashSet<ClientOrderId> Set(params Order[] orders) => [.. orders.Select(order => order.ClientOrderId)];

    private static QuoteTick Quote(string bid) => new(
        Scene.Eth, Price.Parse(bid), Price.Parse("2002.00"), Quantity.Parse("1.0000"), Quantity.Parse("1.0000"), Scene.At(1), Scene.At(1));

    private static AccountState State(decimal total) => new()
    {
        AccountId = Scene.Account,
        AccountType = AccountType.Margin,
        Balances = [AccountBalance.FromTotalAndLocked(total, 0m, Currency.USDC)],
        IsReported = true,
        EventId = Uuid4.New(),
        TsEvent = Scene.At(1),
        TsInit = Scene.At(1),
    };

    private static OrderCanceled Canceled(Order order) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = Scene.Account,
        VenueOrderId = order.VenueOrderId,
        EventId = Uuid4.New(),
        TsEvent = Scene.At(5),
        TsInit = Scene.At(5),
    };

    private static OrderFilled Fill(Order order, string tradeId) => new()
    {
        TraderId = order.TraderId,
        StrategyId = order.StrategyId,
        InstrumentId = order.InstrumentId,
        ClientOrderId = order.ClientOrderId,
        AccountId = Scene.Account,
        VenueOrderId = order.VenueOrderId!.Value,
        TradeId = new TradeId(tradeId),
        OrderSide = OrderSide.Buy,
        OrderType = OrderType.Limit,
        LastQty = Quantity.Parse("1.0000"),
        LastPx = Price.Parse("2000.00"),
        Currency = Currency.USDC,
        LiquiditySide = LiquiditySide.Maker,
        EventId = Uuid4.New(),
        TsEvent = Scene.At(4),
        TsInit = Scene.At(4),
    };

    private Order Begun(InstrumentId instrument) =>
        _cache.AddOrder(_scene.Factory.Limit(instrument, OrderSide.Buy, Quantity.Parse("1.0000"), Price.Parse("2000.00")));

    private Order Submitted(InstrumentId instrument) => Told(_scene.Submit(instrument: instrument));

    private Order Accepted(InstrumentId instrument, string venueOrderId) => Told(_scene.Accept(_scene.Submit(instrument: instrument), venueOrderId));

    /// <summary>An order of the scene whose events the books are told one by one.</summary>
    private Order Told(Order order)
    {
        var added = _cache.AddOrder((OrderInitialized)order.Events[0]);
        foreach (var orderEvent in order.Events.Skip(1))
        {
            Assert.Null(_cache.Apply(orderEvent));
        }

        return added;
    }
}
