#pragma warning disable
namespace ExecutionAdapters.Model;
public sealed class Position { public Position(Instrument i, PositionId p, OrderFilled f){} public object? TryApply(OrderFilled f)=>null; public decimal SignedQty=>0; public decimal AvgPxOpen=>0; }
public sealed class Account { public Account(AccountState s){} public void Apply(AccountState s){} public AccountBalance? Balance(Currency c)=>null; }
