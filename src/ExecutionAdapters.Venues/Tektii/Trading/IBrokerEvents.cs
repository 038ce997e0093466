namespace ExecutionAdapters.Venues.Tektii.Trading;

/// <summary>Who is told what happens in the books; the names are the gateway's.</summary>
internal interface IBrokerEvents
{
    void Order(string name, TektiiOrder order);

    void Trade(TektiiTrade trade);

    void Position(string name, TektiiPosition position);

    void Account(string name, TektiiAccount account);
}
