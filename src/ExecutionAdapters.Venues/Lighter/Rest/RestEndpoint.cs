using System.Text.Json;
using ExecutionAdapters.Venues.Lighter.Engine;

namespace ExecutionAdapters.Venues.Lighter.Rest;

/// <summary>What an endpoint sees while it runs on the venue's loop.</summary>
internal sealed class RestContext(VenueCore core, RestRequest request)
{
    /// <summary>The market index that stands for all markets.</summary>
    public const long AllMarkets = 255;

    public VenueCore Core { get; } = core;

    public RestRequest Request { get; } = request;

    public ExchangeState State => Core.Exchange.State;

    /// <summary>Demands a token of the account.</summary>
    public void Authorize(long accountIndex)
    {
        if (Core.CheckToken(Request.AuthToken, accountIndex, isHttp: true) is { } error)
        {
            throw new RestRefusedException(error);
        }
    }

    /// <summary>The account that account_index names, after its token was checked.</summary>
    public Account AuthorizedAccount()
    {
        long index = Request.Integer("account_index");
        Authorize(index);
        return RequiredAccount(index);
    }

    public Account RequiredAccount(long index) =>
        Core.Exchange.Account(index) ?? throw new RestRefusedException(VenueErrors.AccountNotFound);

    public Market RequiredMarket() =>
        Core.Exchange.Market(Request.Integer("market_id")) ?? throw new RestRefusedException(VenueErrors.InvalidMarketIndex);

    /// <summary>Whether a market passes the parameters market_id (default all) and market_type or filter (all, perp, spot).</summary>
    public Func<MarketDefinition, bool> MarketFilter(string typeParameter)
    {
        long id = Request.Integer("market_id", AllMarkets);
        string type = Request.Choice(typeParameter, "all", "all", "perp", "spot");
        if (id != AllMarkets && Core.Exchange.Market(id) is null)
        {
            throw new RestRefusedException(VenueErrors.InvalidMarketIndex);
        }

        return market => (id == AllMarkets || market.Id == id) && (type == "all" || market.IsSpot == (type == "spot"));
    }
}

/// <summary>An endpoint that answers 200 with the members it writes; it refuses by throwing <see cref="RestRefusedException"/>.</summary>
internal delegate void RestEndpoint(RestContext context, Utf8JsonWriter json);
