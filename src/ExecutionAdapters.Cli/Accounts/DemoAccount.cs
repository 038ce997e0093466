using ExecutionAdapters.Cli.Configuration;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Cli.Accounts;

/// <summary>Gives the test account of a venue something to show: orders, a position and fills, made by a client of its own.</summary>
internal sealed class DemoAccount : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly LighterOptions _options;
    private readonly AccountSession _session;
    private readonly OrderFactory _orders = new(new TraderId("TRADER-001"), new StrategyId("DEMO-001"));

    private DemoAccount(LighterOptions options, AccountSession session)
    {
        _options = options;
        _session = session;
    }

    /// <summary>How to reach the test account of a venue.</summary>
    public static LighterOptions OptionsFor(LighterVenue venue) => new()
    {
        Deployment = LighterDeployment.Local(venue.RestUrl, venue.StreamUrl),
        Credentials = new LighterCredentials(
            venue.TestAccount.AccountIndex, venue.TestAccount.ApiKeyIndex, LighterPrivateKey.Parse(venue.TestAccount.PrivateKey)),
    };

    /// <summary>Two positions and three open orders of the venue's account.</summary>
    public static async Task<DemoAccount> OpenAsync(LighterVenue venue, CancellationToken cancellationToken)
    {
        var options = OptionsFor(venue);
        var account = new DemoAccount(options, await AccountSession.ConnectAsync(new LighterConfiguration(options, Journal: null), onEvent: null, cancellationToken).ConfigureAwait(false));
        try
        {
            await account.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await account.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return account;
    }

    /// <summary>Goes on trading, slowly enough to be watched, until cancelled.</summary>
    public async Task TradeAsync(CancellationToken cancellationToken)
    {
        var perps = _session.Client.Instruments.OfType<CryptoPerpetual>().ToList();
        for (var step = 0; ; step++)
        {
            var instrument = perps[step % perps.Count];
            var side = step % 4 < 2 ? OrderSide.Buy : OrderSide.Sell;
            if (step % 2 == 0)
            {
                var order = await RestAsync(instrument, side, percent: 2, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Pace, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                _session.Client.CancelOrder(_orders.Cancel(order));
            }
            else
            {
                await TakeAsync(instrument, side, cancellationToken).ConfigureAwait(false);
                await Task.Delay(Pace, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        _options.Credentials!.PrivateKey.Dispose();
    }

    private async Task FillAsync(CancellationToken stop)
    {
        var perps = _session.Client.Instruments.OfType<CryptoPerpetual>().OrderBy(instrument => instrument.Id.ToString(), StringComparer.Ordinal).ToList();
        await TakeAsync(perps[0], OrderSide.Sell, stop).ConfigureAwait(false);
        await TakeAsync(perps[1], OrderSide.Buy, stop).ConfigureAwait(false);
        await RestAsync(perps[1], OrderSide.Buy, percent: 2, stop).ConfigureAwait(false);
        await RestAsync(perps[1], OrderSide.Sell, percent: 3, stop).ConfigureAwait(false);
        await RestAsync(perps[2], OrderSide.Sell, percent: 2, stop).ConfigureAwait(false);
    }

    private async Task TakeAsync(Instrument instrument, OrderSide side, CancellationToken stop)
    {
        var quote = await QuoteAsync(instrument, stop).ConfigureAwait(false);
        var order = _session.Submit(_orders, _orders.Market(instrument.Id, side, Size(instrument, quote)));
        await WaitAsync(() => order.IsClosed, $"{order.ClientOrderId} to be closed", stop).ConfigureAwait(false);
    }

    private async Task<Order> RestAsync(Instrument instrument, OrderSide side, int percent, CancellationToken stop)
    {
        var quote = await QuoteAsync(instrument, stop).ConfigureAwait(false);
        var price = side == OrderSide.Buy ? quote.BidPrice.Value * (100 - percent) / 100m : quote.AskPrice.Value * (100 + percent) / 100m;
        var order = _session.Submit(_orders, _orders.Limit(instrument.Id, side, Size(instrument, quote), instrument.MakePrice(price)));
        await WaitAsync(() => order.IsOpen || order.IsClosed, $"{order.ClientOrderId} to be open", stop).ConfigureAwait(false);
        return order;
    }

    private async Task<QuoteTick> QuoteAsync(Instrument instrument, CancellationToken stop) =>
        await _session.TryGetQuoteAsync(instrument.Id, Limit, stop).ConfigureAwait(false) ?? throw new CommandException($"The demo venue gives no quote of {instrument.Id}.");

    private async Task WaitAsync(Func<bool> condition, string what, CancellationToken stop)
    {
        if (!await _session.TryWaitUntilAsync(condition, Limit, stop).ConfigureAwait(false))
        {
            throw new CommandException($"The demo venue keeps us waiting for {what}.");
        }
    }

    /// <summary>Worth some thousand USDC.</summary>
    private static Quantity Size(Instrument instrument, QuoteTick quote) => instrument.MakeQty(2_000 / quote.AskPrice.Value);
}
