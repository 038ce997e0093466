using ExecutionAdapters.Model;

namespace ExecutionAdapters.Clients;

/// <summary>What every order event names: the order, its instrument and the strategy that owns it.</summary>
/// <param name="ClientOrderId">The order.</param>
/// <param name="InstrumentId">Its instrument.</param>
/// <param name="StrategyId">Its owner.</param>
public readonly record struct OrderKey(ClientOrderId ClientOrderId, InstrumentId InstrumentId, StrategyId StrategyId);
