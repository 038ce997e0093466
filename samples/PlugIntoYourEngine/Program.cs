// An engine of one's own: it needs a client, its event stream, and the order's state machine; books, journal and risk are the engine's business.
// Against a running venue: execution-adapters venue lighter --port 8900
// Run: LIGHTER_API_SECRET=<private key it printed> dotnet run --project samples/PlugIntoYourEngine
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;
using PlugIntoYourEngine;

var port = args.Length > 0 ? args[0] : "8900";
using var key = LighterPrivateKey.Parse(Environment.GetEnvironmentVariable("LIGHTER_API_SECRET") ?? throw new InvalidOperationException("LIGHTER_API_SECRET is not set."));
var books = new MyBooks();
await using var client = new LighterExecutionClient(
    new LighterOptions
    {
        Deployment = LighterDeployment.Local(new Uri($"http://127.0.0.1:{port}"), new Uri($"ws://127.0.0.1:{port}/stream")),
        Credentials = new LighterCredentials(accountIndex: 12345, apiKeyIndex: 5, key),
    },
    books);
await client.ConnectAsync();
var status = await client.GenerateMassStatusAsync();
Console.WriteLine($"At the start the venue has {status.OrderReports.Count} orders of {client.AccountId}.");

var factory = new OrderFactory(new TraderId("TRADER-001"), new StrategyId("SAMPLE-001"));
var order = books.Add(factory.Limit(InstrumentId.Parse("ETH-PERP.LIGHTER"), OrderSide.Buy, Quantity.Parse("0.0500"), Price.Parse("2000.00")));
client.SubmitOrder(factory.Submit((OrderInitialized)order.Events[0]));
await foreach (var executionEvent in client.Events.ReadAllAsync())
{
    Console.WriteLine(executionEvent);
    books.Apply(executionEvent);
    if (order.IsOpen && !order.IsPendingCancel)
    {
        client.CancelOrder(factory.Cancel(order));
    }

    if (order.IsClosed)
    {
        break;
    }
}

Console.WriteLine(order);
return order.Status == OrderStatus.Canceled ? 0 : 1;
