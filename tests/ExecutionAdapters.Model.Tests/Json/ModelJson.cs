using System.Text.Json.Serialization;

namespace ExecutionAdapters.Model.Tests.Json;

/// <summary>One of each type that has a JSON form.</summary>
internal sealed record Sample
{
    public Price Price { get; init; }

    public Quantity Quantity { get; init; }

    public Money Money { get; init; }

    public Money? NoMoney { get; init; }

    public Currency? Currency { get; init; }

    public UnixNanos Time { get; init; }

    public Uuid4 Id { get; init; }

    public Symbol Symbol { get; init; }

    public Venue Venue { get; init; }

    public InstrumentId InstrumentId { get; init; }

    public TraderId TraderId { get; init; }

    public StrategyId StrategyId { get; init; }

    public AccountId AccountId { get; init; }

    public ClientId ClientId { get; init; }

    public ClientOrderId ClientOrderId { get; init; }

    public VenueOrderId VenueOrderId { get; init; }

    public OrderListId OrderListId { get; init; }

    public ExecAlgorithmId ExecAlgorithmId { get; init; }

    public TradeId TradeId { get; init; }

    public PositionId PositionId { get; init; }
}

/// <summary>Written by the compiler: nothing is found by reflection.</summary>
[JsonSerializable(typeof(Sample))]
[JsonSerializable(typeof(Price?))]
[JsonSerializable(typeof(Dictionary<Currency, Money>))]
[JsonSerializable(typeof(Dictionary<InstrumentId, Quantity>))]
internal sealed partial class ModelJson : JsonSerializerContext;
