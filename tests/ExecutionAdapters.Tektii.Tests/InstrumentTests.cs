using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tektii.Tests;

/// <summary>An instrument may have an id of the user's own; the venue is spoken to by its symbol.</summary>
public sealed class InstrumentTests
{
    private static readonly InstrumentId Own = InstrumentId.Parse("AAPL.TEKTII");
    private static readonly Instrument Instrument = TektiiInstruments.Default(TektiiScene.Symbol) with { Id = Own };
    private static readonly TraderId Trader = new("TRADER-001");

    [Fact]
    public async Task Reports_and_closing_ask_for_the_venues_symbol()
    {
        await using var scene = await StartAsync();
        var resting = await scene.RestAsync(scene.Factory.Limit(Own, OrderSide.Buy, Quantity.Parse("10"), Price.Parse("90.00")));
        var bought = scene.Submit(scene.Factory.Market(Own, OrderSide.Buy, Quantity.Parse("5")));
        await scene.UntilAsync(() => bought.IsClosed, "the fill");
        var orders = await scene.Client.GenerateOrderStatusReportsAsync(new GenerateOrderStatusReports { TraderId = Trader, CommandId = Uuid4.New(), TsInit = default, InstrumentId = Own, OpenOnly = true });
        Assert.Equal(resting.ClientOrderId, orders.Single().ClientOrderId);
        Assert.Single(await scene.Client.GenerateFillReportsAsync(new GenerateFillReports { TraderId = Trader, CommandId = Uuid4.New(), TsInit = default, InstrumentId = Own }));
        Assert.Equal(PositionSide.Long, (await PositionAsync(scene)).PositionSide);
        Assert.Single(await scene.Client.CloseAllPositionsAsync(Own));
        await scene.UntilAsync(() => scene.Venue.Books.Positions.Count == 0, "the position to be closed");
    }

    [Fact]
    public async Task An_order_goes_to_the_venues_symbol_also_after_a_position_was_asked_for_and_after_a_restart()
    {
        await using var scene = await StartAsync();
        Assert.Equal(PositionSide.Flat, (await PositionAsync(scene)).PositionSide);
        Assert.Equal([Own], scene.Client.Instruments.Select(instrument => instrument.Id));
        var order = await scene.RestAsync(scene.Factory.Limit(Own, OrderSide.Buy, Quantity.Parse("10"), Price.Parse("90.00")));
        await scene.RestartAsync();
        scene.Modify(order, price: Price.Parse("91.00"));
        await scene.UntilAsync(() => order.Price == Price.Parse("91.00"), "the change");
        Assert.Equal(TektiiScene.Symbol, scene.Venue.Books.Orders.Single().Request.Symbol);
    }

    [Fact]
    public void Two_instruments_of_one_id_or_one_symbol_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TektiiOptions { Instruments = [Instrument, TektiiInstruments.Default("AAPL")] }.Validate());
        Assert.Throws<ArgumentException>(() => new TektiiOptions { Instruments = [Instrument, TektiiInstruments.Default(TektiiScene.Symbol)] }.Validate());
    }

    private static Task<TektiiScene> StartAsync() => TektiiScene.StartAsync(options: options => options with { Instruments = [Instrument], Subscriptions = [] });

    private static async Task<PositionStatusReport> PositionAsync(TektiiScene scene) =>
        (await scene.Client.GeneratePositionStatusReportsAsync(new GeneratePositionStatusReports { TraderId = Trader, CommandId = Uuid4.New(), TsInit = default, InstrumentId = Own })).Single();
}
