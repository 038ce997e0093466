// Against a running venue: execution-adapters venue lighter --port 8900
// Run: LIGHTER_API_SECRET=<private key it printed> dotnet run --project samples/SubmitOneOrder
using ExecutionAdapters.Clients;
using ExecutionAdapters.Lighter;
using ExecutionAdapters.Lighter.Signing;
using ExecutionAdapters.Model;

var port = args.Length > 0 ? args[0] : "8900";
if (!LighterPrivateKey.TryParse(Environment.GetEnvironmentVariable("LIGHTER_API_SECRET"), out var key, out var error))
{
    Console.Error.WriteLine("LIGHTER_API_SECRET: " + error);
    return 1;
}

await using var client = new LighterExecutionClient(new LighterOptions
{
    Deployment = LighterDeployment.Local(new Uri($"http://127.0.0.1:{port}"), new Uri($"ws://127.0.0.1:{port}/stream")),
    Credentials = new LighterCredentials(accountIndex: 12345, apiKeyIndex: 5, key!),
});
try
{
    await client.ConnectAsync();
}
catch (ExecutionClientException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

var orders = new OrderFactory(new TraderId("TRADER-001"), new StrategyId("SAMPLE-001"));
var order = orders.Limit(InstrumentId.Parse("ETH-PERP.LIGHTER"), OrderSide.Buy, Quantity.Parse("0.0500"), Price.Parse("2500.00"));
client.SubmitOrder(orders.Submit(order with { TimeInForce = TimeInForce.IOC }));
await foreach (var executionEvent in client.Events.ReadAllAsync())
{
    Console.WriteLine(executionEvent);
    if (executionEvent is OrderFilled or OrderCanceled or OrderRejected or OrderDenied)
    {
        break;
    }
}

return 0;
