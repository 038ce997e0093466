#pragma warning disable
namespace ExecutionAdapters.Lighter.Signing;
public enum LighterOrderType : byte { Limit=0, Market=1, StopLoss=2, StopLossLimit=3, TakeProfit=4, TakeProfitLimit=5, Twap=6 }
public enum LighterTimeInForce : byte { ImmediateOrCancel=0, GoodTillTime=1, PostOnly=2 }
