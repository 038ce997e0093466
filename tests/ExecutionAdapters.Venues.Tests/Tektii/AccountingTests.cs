using ExecutionAdapters.Venues.Tektii;

namespace ExecutionAdapters.Venues.Tests.Tektii;

/// <summary>Whatever happens, the books add up: checked from the trades alone, the way an auditor would.</summary>
public sealed class AccountingTests
{
    private const string Apple = "S:AAPL";
    private const int Steps = 400;

    [Theory]
    [InlineData(1, TektiiPositionMode.Netting)]
    [InlineData(2, TektiiPositionMode.Netting)]
    [InlineData(3, TektiiPositionMode.Hedging)]
    [InlineData(4, TektiiPositionMode.Hedging)]
    public async Task Random_orders_leave_books_that_add_up(int seed, TektiiPositionMode mode)
    {
        var random = new Random(seed);
        var options = new TektiiVenueOptions { SyntheticFlow = false, PositionMode = mode, CommissionRate = 0.0007m, PartialFillRatio = 0.6m };
        await using TektiiVenue venue = await TektiiVenue.StartAsync(options);
        decimal bid = 100m;
        for (int step = 0; step < Steps; step++)
        {
            bid += random.Next(-40, 41) * 0.01m;
            venue.PushQuote(Apple, bid, bid + 0.02m);
            Act(venue, random, bid);
            Check(venue.Books, options, bid, bid + 0.02m);
        }

        Assert.True(venue.Books.Trades.Count > Steps / 4);
    }

    private static void Act(TektiiVenue venue, Random random, decimal bid)
    {
        var order = new TektiiOrderRequest
        {
            Symbol = Apple,
            Side = (TektiiSide)random.Next(2),
            Type = (TektiiOrderType)random.Next(3),
            Quantity = random.Next(1, 60),
            ReduceOnly = random.Next(6) == 0,
        };
        decimal near = bid + (random.Next(-60, 61) * 0.01m);
        order = order.Type switch
        {
            TektiiOrderType.Limit => order with { LimitPrice = near },
            TektiiOrderType.Stop => order with { StopPrice = near },
            _ => order,
        };
        if (random.Next(4) == 0)
        {
            int sign = order.Side == TektiiSide.Buy ? 1 : -1;
            order = order with { StopLoss = bid - (sign * 0.50m), TakeProfit = bid + (sign * 0.50m), OcoGroupId = random.Next(2) == 0 ? "g" : null };
        }

        try
        {
            venue.PlaceByOthers(order);
        }
        catch (ArgumentException)
        {
            // Refused for margin or reduce-only: nothing may have changed then, which the check shows.
        }

        TektiiOrder[] working = [.. venue.Books.Orders.Where(candidate => candidate.IsWorking)];
        if (working.Length > 0 && random.Next(3) == 0)
        {
            venue.CancelByOthers(working[random.Next(working.Length)].Id);
        }
    }

    private static void Check(TektiiBooks books, TektiiVenueOptions options, decimal bid, decimal ask)
    {
        TektiiAccount account = books.Account;
        Assert.Equal(account.Balance + account.UnrealizedPnl, account.Equity);
        Assert.Equal(account.Equity - account.MarginUsed, account.MarginAvailable);
        Assert.Equal(options.InitialBalance + books.Trades.Sum(trade => trade.RealizedPnl - trade.Commission), account.Balance);
        Assert.Equal(books.Positions.Sum(position => position.UnrealizedPnl), account.UnrealizedPnl);

        decimal signed = books.Trades.Sum(trade => Sign(trade.Side) * trade.Quantity);
        Assert.Equal(signed, books.Positions.Sum(position => Sign(position) * position.Quantity));
        decimal cash = books.Trades.Sum(trade => (-Sign(trade.Side) * trade.Quantity * trade.Price) - trade.Commission);
        decimal worth = books.Positions.Sum(position => Sign(position) * position.Quantity * (position.Side == TektiiPositionSide.Long ? bid : ask));
        Assert.Equal(options.InitialBalance + cash + worth, account.Equity);
        Assert.Equal(books.Positions.Sum(position => position.Quantity * position.CurrentPrice) / options.Leverage, account.MarginUsed);

        foreach (TektiiOrder order in books.Orders)
        {
            TektiiTrade[] trades = [.. books.Trades.Where(trade => trade.OrderId == order.Id)];
            Assert.Equal(order.FilledQuantity, trades.Sum(trade => trade.Quantity));
            Assert.Equal(order.FilledValue, trades.Sum(trade => trade.Quantity * trade.Price));
            Assert.True(order.RemainingQuantity >= 0);
        }
    }

    private static int Sign(TektiiSide side) => side == TektiiSide.Buy ? 1 : -1;

    private static int Sign(TektiiPosition position) => position.Side == TektiiPositionSide.Long ? 1 : -1;
}
