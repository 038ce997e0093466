namespace ExecutionAdapters.Model;

/// <summary>A <see cref="Symbol"/> is its text.</summary>
public sealed class SymbolJsonConverter : TextJsonConverter<Symbol>
{
    private protected override bool TryParse(string text, out Symbol value) => Symbol.TryCreate(text, out value);

    private protected override bool HasText(Symbol value) => value != default;
}

/// <summary>A <see cref="Venue"/> is its text.</summary>
public sealed class VenueJsonConverter : TextJsonConverter<Venue>
{
    private protected override bool TryParse(string text, out Venue value) => Venue.TryCreate(text, out value);

    private protected override bool HasText(Venue value) => value != default;
}

/// <summary>A <see cref="InstrumentId"/> is its text.</summary>
public sealed class InstrumentIdJsonConverter : TextJsonConverter<InstrumentId>
{
    private protected override bool TryParse(string text, out InstrumentId value) => InstrumentId.TryParse(text, out value);

    private protected override bool HasText(InstrumentId value) => value != default;
}

/// <summary>A <see cref="TraderId"/> is its text.</summary>
public sealed class TraderIdJsonConverter : TextJsonConverter<TraderId>
{
    private protected override bool TryParse(string text, out TraderId value) => TraderId.TryCreate(text, out value);

    private protected override bool HasText(TraderId value) => value != default;
}

/// <summary>A <see cref="StrategyId"/> is its text.</summary>
public sealed class StrategyIdJsonConverter : TextJsonConverter<StrategyId>
{
    private protected override bool TryParse(string text, out StrategyId value) => StrategyId.TryCreate(text, out value);

    private protected override bool HasText(StrategyId value) => value != default;
}

/// <summary>A <see cref="AccountId"/> is its text.</summary>
public sealed class AccountIdJsonConverter : TextJsonConverter<AccountId>
{
    private protected override bool TryParse(string text, out AccountId value) => AccountId.TryCreate(text, out value);

    private protected override bool HasText(AccountId value) => value != default;
}

/// <summary>A <see cref="ClientId"/> is its text.</summary>
public sealed class ClientIdJsonConverter : TextJsonConverter<ClientId>
{
    private protected override bool TryParse(string text, out ClientId value) => ClientId.TryCreate(text, out value);

    private protected override bool HasText(ClientId value) => value != default;
}

/// <summary>A <see cref="ClientOrderId"/> is its text.</summary>
public sealed class ClientOrderIdJsonConverter : TextJsonConverter<ClientOrderId>
{
    private protected override bool TryParse(string text, out ClientOrderId value) => ClientOrderId.TryCreate(text, out value);

    private protected override bool HasText(ClientOrderId value) => value != default;
}

/// <summary>A <see cref="VenueOrderId"/> is its text.</summary>
public sealed class VenueOrderIdJsonConverter : TextJsonConverter<VenueOrderId>
{
    private protected override bool TryParse(string text, out VenueOrderId value) => VenueOrderId.TryCreate(text, out value);

    private protected override bool HasText(VenueOrderId value) => value != default;
}

/// <summary>A <see cref="OrderListId"/> is its text.</summary>
public sealed class OrderListIdJsonConverter : TextJsonConverter<OrderListId>
{
    private protected override bool TryParse(string text, out OrderListId value) => OrderListId.TryCreate(text, out value);

    private protected override bool HasText(OrderListId value) => value != default;
}

/// <summary>A <see cref="ExecAlgorithmId"/> is its text.</summary>
public sealed class ExecAlgorithmIdJsonConverter : TextJsonConverter<ExecAlgorithmId>
{
    private protected override bool TryParse(string text, out ExecAlgorithmId value) => ExecAlgorithmId.TryCreate(text, out value);

    private protected override bool HasText(ExecAlgorithmId value) => value != default;
}

/// <summary>A <see cref="TradeId"/> is its text.</summary>
public sealed class TradeIdJsonConverter : TextJsonConverter<TradeId>
{
    private protected override bool TryParse(string text, out TradeId value) => TradeId.TryCreate(text, out value);

    private protected override bool HasText(TradeId value) => value != default;
}

/// <summary>A <see cref="PositionId"/> is its text.</summary>
public sealed class PositionIdJsonConverter : TextJsonConverter<PositionId>
{
    private protected override bool TryParse(string text, out PositionId value) => PositionId.TryCreate(text, out value);

    private protected override bool HasText(PositionId value) => value != default;
}
