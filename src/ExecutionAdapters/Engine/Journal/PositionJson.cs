using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Engine.Journal;

/// <summary>States of positions as a journal keeps them: the figures, without the fills that led to them, which the orders have.</summary>
internal static class PositionJson
{
    /// <summary>The state, UTF-8.</summary>
    public static byte[] Write(PositionSnapshot position) => JsonSerializer.SerializeToUtf8Bytes(
        new PositionState
        {
            Id = position.Id,
            TraderId = position.TraderId,
            StrategyId = position.StrategyId,
            InstrumentId = position.InstrumentId,
            AccountId = position.AccountId,
            SettlementCurrency = position.SettlementCurrency,
            OpeningOrderId = position.OpeningOrderId,
            ClosingOrderId = position.ClosingOrderId,
            Entry = position.Entry,
            SignedQty = position.SignedQty,
            Quantity = position.Quantity,
            PeakQty = position.PeakQty,
            AvgPxOpen = position.AvgPxOpen,
            AvgPxClose = position.AvgPxClose,
            RealizedReturn = position.RealizedReturn,
            BuyQty = position.BuyQty,
            SellQty = position.SellQty,
            Commissions = [.. position.Commissions.Values],
            RealizedAmount = position.RealizedAmount,
            EarlierRealizedAmount = position.EarlierRealizedAmount,
            TsInit = position.TsInit,
            TsOpened = position.TsOpened,
            TsLast = position.TsLast,
            TsClosed = position.TsClosed,
        },
        PositionJsonContext.Default.PositionState);

    /// <summary>The state again.</summary>
    /// <exception cref="JsonException">It is not what a journal wrote.</exception>
    public static PositionSnapshot Read(ReadOnlySpan<byte> json)
    {
        var state = JsonSerializer.Deserialize(json, PositionJsonContext.Default.PositionState) ?? throw new JsonException("A position is null.");
        return new PositionSnapshot
        {
            Id = state.Id,
            TraderId = state.TraderId,
            StrategyId = state.StrategyId,
            InstrumentId = state.InstrumentId,
            AccountId = state.AccountId,
            SettlementCurrency = state.SettlementCurrency,
            OpeningOrderId = state.OpeningOrderId,
            ClosingOrderId = state.ClosingOrderId,
            Entry = state.Entry,
            SignedQty = state.SignedQty,
            Quantity = state.Quantity,
            PeakQty = state.PeakQty,
            AvgPxOpen = state.AvgPxOpen,
            AvgPxClose = state.AvgPxClose,
            RealizedReturn = state.RealizedReturn,
            BuyQty = state.BuyQty,
            SellQty = state.SellQty,
            Commissions = state.Commissions.ToImmutableDictionary(money => money.Currency),
            RealizedAmount = state.RealizedAmount,
            EarlierRealizedAmount = state.EarlierRealizedAmount,
            TsInit = state.TsInit,
            TsOpened = state.TsOpened,
            TsLast = state.TsLast,
            TsClosed = state.TsClosed,
        };
    }
}

/// <summary>What <see cref="PositionJson"/> keeps.</summary>
internal sealed record PositionState
{
    public required PositionId Id { get; init; }

    public required TraderId TraderId { get; init; }

    public required StrategyId StrategyId { get; init; }

    public required InstrumentId InstrumentId { get; init; }

    public required AccountId AccountId { get; init; }

    public required Currency SettlementCurrency { get; init; }

    public required ClientOrderId OpeningOrderId { get; init; }

    public ClientOrderId? ClosingOrderId { get; init; }

    public required OrderSide Entry { get; init; }

    public required decimal SignedQty { get; init; }

    public required Quantity Quantity { get; init; }

    public required Quantity PeakQty { get; init; }

    public required decimal AvgPxOpen { get; init; }

    public decimal? AvgPxClose { get; init; }

    public required decimal RealizedReturn { get; init; }

    public required Quantity BuyQty { get; init; }

    public required Quantity SellQty { get; init; }

    public required IReadOnlyList<Money> Commissions { get; init; }

    public required decimal RealizedAmount { get; init; }

    public required decimal EarlierRealizedAmount { get; init; }

    public required UnixNanos TsInit { get; init; }

    public required UnixNanos TsOpened { get; init; }

    public required UnixNanos TsLast { get; init; }

    public UnixNanos? TsClosed { get; init; }
}

/// <summary>Source-generated reading and writing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PositionState))]
internal sealed partial class PositionJsonContext : JsonSerializerContext;
