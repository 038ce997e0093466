// Our engine: books, journal, reconciliation at the start and while running. Run it twice: the second run finds the order of the first.
// Against a running venue: execution-adapters venue lighter --port 8900
// Run: LIGHTER_API_SECRET=<private key it printed> dotnet run --project samples/WithOurEngine -- 8900 journal.db
using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using ExecutionAdapters.Sqlite;

var port = args.Length > 0 ? args[0] : "8900";
using var key = LighterPrivateKey.Parse(Environment.GetEnvironmentVariable("LIGHTER_API_SECRET") ?? throw new InvalidOperationException("LIGHTER_API_SECRET is not set."));
var trader = new TraderId("TRADER-001");
await using var engine = new ExecutionEngine(new ExecutionEngineOptions { TraderId = trader }, new SqliteJournalStore(args.Length > 1 ? args[1] : "journal.db"));
await using var client = new LighterExecutionClient(
    new LighterOptions
    {
        Deployment = LighterDeployment.Local(new Uri($"http://127.0.0.1:{port}"), new Uri($"ws://127.0.0.1:{port}/stream")),
        Credentials = new LighterCredentials(accountIndex: 12345, apiKeyIndex: 5, key),
    },
    engine.Cache,
    memory: engine.MemoryOf(new ClientId("LIGHTER")));
engine.AddClient(client);
var events = engine.Events();
foreach (var report in await engine.StartAsync())
{
    Console.WriteLine($"{report.AccountId}: {report.OrdersCompared} orders compared, {report.Events.Count} events applied, {report.Unresolved.Count} unresolved.");
}

var orders = new OrderFactory(trader, new StrategyId("SAMPLE-001"));
if (engine.Cache.OrdersOpen() is [var left, ..])
{
    Console.WriteLine($"Of the run before: {left}. It is cancelled.");
    engine.CancelOrder(orders.Cancel(left));
    await foreach (var executionEvent in events)
    {
        Console.WriteLine(executionEvent);
        if (left.IsClosed)
        {
            return left.Status == OrderStatus.Canceled ? 0 : 1;
        }
    }
}

var initialized = orders.Limit(InstrumentId.Parse("ETH-PERP.LIGHTER"), OrderSide.Buy, Quantity.Parse("0.0500"), Price.Parse("2000.00"));
engine.SubmitOrder(orders.Submit(initialized));
var order = engine.Cache.Order(initialized.ClientOrderId)!;
await foreach (var executionEvent in events)
{
    Console.WriteLine(executionEvent);
    if (order.IsClosed || (order.IsOpen && order.VenueOrderId is not null))
    {
        break;
    }
}

Console.WriteLine($"{order}. It rests at the venue; the next run finds it.");
return order.IsOpen ? 0 : 1;
