using ExecutionAdapters.Venues.Lighter.Engine;
using ExecutionAdapters.Venues.Lighter.Rows;
using ExecutionAdapters.Venues.Lighter.Sequencing;

namespace ExecutionAdapters.Venues.Lighter.Stream;

/// <summary>Turns what changed in a step into update frames, in a fixed order, and gives new subscribers their first frame.</summary>
internal sealed class StreamPublisher
{
    private readonly VenueCore _core;
    private readonly StreamHub _hub;
    private readonly Dictionary<short, MarketFeed> _feeds = [];
    private long _publishedHeight;

    public StreamPublisher(VenueCore core, StreamHub hub)
    {
        _core = core;
        _hub = hub;
        foreach (Market market in State.Markets.Values)
        {
            _feeds.Add(market.Definition.Id, new MarketFeed(market));
        }

        _publishedHeight = State.BlockHeight;
    }

    private ExchangeState State => _core.Exchange.State;

    /// <summary>
    /// The snapshot that opens a channel. account_tx has none: it opens with the control frame <c>subscribed</c>.
    /// </summary>
    public byte[] FirstFrame(StreamChannel channel)
    {
        if (channel.Kind == ChannelKind.AccountTx)
        {
            return JsonText.Object(json =>
            {
                json.WriteString("type"u8, "subscribed");
                json.WriteString("channel"u8, channel.Name);
            });
        }

        return StreamHub.Frame("subscribed", channel, json =>
        {
            MarketFeed? feed = channel.Market >= 0 ? _feeds.GetValueOrDefault((short)channel.Market) : null;
            Account? account = _core.Exchange.Account(channel.Account);
            switch (channel.Kind)
            {
                case ChannelKind.OrderBook:
                    MarketFrames.WriteBook(json, State, feed!);
                    break;
                case ChannelKind.Ticker:
                    MarketFrames.WriteTicker(json, State, feed!);
                    break;
                case ChannelKind.Trade:
                    MarketFrames.WriteTrades(json, feed!, MarketFrames.SnapshotOf(feed!.Market));
                    break;
                case ChannelKind.MarketStats or ChannelKind.SpotMarketStats:
                    MarketFrames.WriteStatistics(json, channel, State);
                    break;
                case ChannelKind.Height:
                    json.WriteNumber("height"u8, State.BlockHeight);
                    break;
                case ChannelKind.AccountAllOrders:
                    AccountFrames.WriteOrders(json, State, channel, account!.ActiveOrders.Values, isFirst: true);
                    break;
                case ChannelKind.AccountOrders:
                    IEnumerable<Order> inMarket = account!.ActiveOrders.Values.Where(order => order.Market == feed!.Market);
                    AccountFrames.WriteOrders(json, State, channel, inMarket, isFirst: true);
                    break;
                case ChannelKind.AccountAllTrades:
                    AccountFrames.WriteTradeList(json, account!);
                    break;
                case ChannelKind.AccountAllPositions:
                    AccountFrames.WritePositions(json, account!);
                    break;
                case ChannelKind.AccountAllAssets:
                    AccountFrames.WriteAssets(json, State, account!);
                    break;
                default:
                    AccountFrames.WriteStatistics(json, State, account!);
                    break;
            }
        });
    }

    /// <summary>Publishes and clears the change log and the transaction log's new entries.</summary>
    public void Publish()
    {
        ChangeLog changes = State.Changes;
        List<TransactionRecord> transactions = _core.Sequencer.Log.Unpublished;
        try
        {
            Publish(changes, transactions);
        }
        finally
        {
            changes.Clear(); // what could not be published must not come up again in every later step
            transactions.Clear();
        }
    }

    /// <summary>What moves with clock and mark prices: block height, market statistics, statistics of accounts with positions.</summary>
    public void PublishPeriodic()
    {
        if (State.BlockHeight != _publishedHeight)
        {
            _publishedHeight = State.BlockHeight;
            _hub.Update(new StreamChannel(ChannelKind.Height, 0, 0), json => json.WriteNumber("height"u8, _publishedHeight));
        }

        foreach (StreamChannel channel in _hub.SubscribedChannels.ToArray())
        {
            if (channel.Kind is ChannelKind.MarketStats or ChannelKind.SpotMarketStats)
            {
                _hub.Update(channel, json => MarketFrames.WriteStatistics(json, channel, State));
            }
            else if (channel.Kind == ChannelKind.UserStats
                && _core.Exchange.Account(channel.Account)!.Positions.Values.Any(position => position.Size != 0))
            {
                PublishAccount(ChannelKind.UserStats, channel.Account);
            }
        }
    }

    private void Publish(ChangeLog changes, List<TransactionRecord> transactions)
    {
        PublishTransactions(transactions, asPending: true);
        PublishOrders(changes.Orders);
        PublishTrades(changes.Trades);
        foreach (long account in changes.Positions)
        {
            PublishAccount(ChannelKind.AccountAllPositions, account);
        }

        foreach (long account in changes.Assets)
        {
            PublishAccount(ChannelKind.AccountAllAssets, account);
        }

        foreach (long account in changes.Statistics)
        {
            PublishAccount(ChannelKind.UserStats, account);
        }

        PublishTransactions(transactions, asPending: false);
        PublishBooks(changes);
    }

    private void PublishTransactions(List<TransactionRecord> transactions, bool asPending)
    {
        foreach (IGrouping<long, TransactionRecord> account in transactions.GroupBy(record => record.AccountIndex))
        {
            var channel = new StreamChannel(ChannelKind.AccountTx, 0, account.Key);
            _hub.Update(channel, json => AccountFrames.WriteTransactions(json, account, asPending));
        }
    }

    private void PublishOrders(List<Order> orders)
    {
        foreach (IGrouping<long, Order> account in orders.GroupBy(order => order.Owner.Index))
        {
            var all = new StreamChannel(ChannelKind.AccountAllOrders, 0, account.Key);
            _hub.Update(all, json => AccountFrames.WriteOrders(json, State, all, account, isFirst: false));
            foreach (IGrouping<short, Order> market in account.GroupBy(order => order.Market.Definition.Id))
            {
                var one = new StreamChannel(ChannelKind.AccountOrders, market.Key, account.Key);
                _hub.Update(one, json => AccountFrames.WriteOrders(json, State, one, market, isFirst: false));
            }
        }
    }

    private void PublishTrades(List<Trade> trades)
    {
        if (trades.Count == 0)
        {
            return;
        }

        IEnumerable<long> accounts = trades.SelectMany(trade => new[] { trade.Ask.AccountIndex, trade.Bid.AccountIndex }).Distinct();
        foreach (long index in accounts)
        {
            var channel = new StreamChannel(ChannelKind.AccountAllTrades, 0, index);
            if (_hub.HasSubscribers(channel))
            {
                IEnumerable<Trade> own = trades.Where(trade => trade.Ask.AccountIndex == index || trade.Bid.AccountIndex == index);
                _hub.Update(channel, json => AccountFrames.WriteTradeMap(json, _core.Exchange.Account(index)!, own));
            }
        }

        foreach (IGrouping<short, Trade> market in trades.GroupBy(trade => trade.Market.Definition.Id))
        {
            var channel = new StreamChannel(ChannelKind.Trade, market.Key, 0);
            _hub.Update(channel, json => MarketFrames.WriteTrades(json, _feeds[market.Key], market));
        }
    }

    private void PublishAccount(ChannelKind kind, long index)
    {
        var channel = new StreamChannel(kind, 0, index);
        if (!_hub.HasSubscribers(channel))
        {
            return;
        }

        Account account = _core.Exchange.Account(index)!;
        _hub.Update(channel, json =>
        {
            switch (kind)
            {
                case ChannelKind.AccountAllPositions:
                    AccountFrames.WritePositions(json, account);
                    break;
                case ChannelKind.AccountAllAssets:
                    AccountFrames.WriteAssets(json, State, account);
                    break;
                default:
                    AccountFrames.WriteStatistics(json, State, account);
                    break;
            }
        });
    }

    private void PublishBooks(ChangeLog changes)
    {
        foreach (IGrouping<Market, (Market Market, bool IsAsk, uint Price)> market in changes.Levels.GroupBy(level => level.Market))
        {
            MarketFeed feed = _feeds[market.Key.Definition.Id];
            long beginNonce = feed.Nonce;
            feed.Nonce = beginNonce + market.Count();
            feed.Offset++;
            var channel = new StreamChannel(ChannelKind.OrderBook, market.Key.Definition.Id, 0);
            if (_hub.HasSubscribers(channel))
            {
                (bool IsAsk, uint Price)[] levels = [.. market.Select(level => (level.IsAsk, level.Price)).Distinct().Order()];
                _hub.Update(channel, json => MarketFrames.WriteBookChanges(json, State, feed, beginNonce, levels));
            }

            PublishTicker(feed);
        }
    }

    private void PublishTicker(MarketFeed feed)
    {
        OrderBook book = feed.Market.Book;
        (uint, long, uint, long) top = (
            book.Asks.Best?.Price ?? 0, book.Asks.Best?.TotalBase ?? 0, book.Bids.Best?.Price ?? 0, book.Bids.Best?.TotalBase ?? 0);
        if (top != feed.Top)
        {
            feed.Top = top;
            var channel = new StreamChannel(ChannelKind.Ticker, feed.Market.Definition.Id, 0);
            _hub.Update(channel, json => MarketFrames.WriteTicker(json, State, feed));
        }
    }
}
