using ExecutionAdapters.Lighter.Signing;

namespace ExecutionAdapters.Venues.Lighter.Engine;

/// <summary>
/// The exchange: markets, accounts and the passing of time. Pure and single-threaded: no I/O and no clock of its own
/// (<see cref="Advance"/> tells it the time); the same calls give the same state.
/// </summary>
internal sealed class Exchange
{
    public Exchange(IReadOnlyList<MarketDefinition> markets, long startUs)
    {
        State = new ExchangeState(markets, startUs);
        Desk = new OrderDesk(State);
    }

    public ExchangeState State { get; }

    public OrderDesk Desk { get; }

    public Market? Market(long id) =>
        id is >= 0 and <= short.MaxValue && State.Markets.TryGetValue((short)id, out Market? market) ? market : null;

    public Account? Account(long index) => State.Accounts.GetValueOrDefault(index);

    /// <summary>
    /// The order that a transaction of the account means, perhaps finished or another account's: below 2^48 an index is the
    /// account's client order index, from there on the venue's.
    /// </summary>
    public Order? FindOrder(Account account, long index) => index < LighterLimits.MinimumVenueOrderIndex
        ? account.ActiveByClientIndex.GetValueOrDefault(index)
        : State.Orders.GetValueOrDefault(index);

    public void Add(Account account) => State.Accounts.Add(account.Index, account);

    /// <summary>Begins a step at the given time: what fell due until then happens first.</summary>
    public void Advance(long nowUs)
    {
        State.SetTime(nowUs);
        State.BeginStep();
        Desk.ExpireOrders();
        foreach (Account account in State.Accounts.Values)
        {
            if (account.CancelAllTimeMs != 0 && account.CancelAllTimeMs <= State.NowMs)
            {
                account.CancelAllTimeMs = 0;
                Desk.CancelAll(account, market: null);
            }
        }
    }

    /// <summary>Moves a mark price and fires what waited for it.</summary>
    public void SetMarkPrice(Market market, uint price)
    {
        if (price == market.MarkPrice)
        {
            return;
        }

        market.MarkPrice = price;
        State.Changes.MarkPrices.Add(market.Definition.Id);
        Desk.FireTriggers(market);
    }
}
