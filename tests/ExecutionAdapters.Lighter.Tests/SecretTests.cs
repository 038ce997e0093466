using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using Microsoft.Extensions.Logging;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Secrets stay inside: a noisy session at every log level, and what could be printed of it.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task No_output_of_a_noisy_session_holds_a_key_a_token_or_a_signature()
    {
        using var log = new CapturedLog();
        var outputs = new List<string>();
        string secret;
        List<string> forbidden;
        await using (var harness = await ClientHarness.ConnectAsync(
            configure: options => options with
            {
                AcknowledgementTimeout = TimeSpan.FromMilliseconds(200),
                VerdictTimeout = TimeSpan.FromMilliseconds(200),
                HttpTimeout = TimeSpan.FromMilliseconds(500),
                TransactionLifetime = TimeSpan.FromSeconds(1),
            },
            logger: log.CreateLogger<LighterExecutionClient>()))
        {
            secret = harness.Venue.TestAccount.PrivateKey;
            outputs.Add(new LighterOptions { Credentials = new LighterCredentials(1, 4, Signing.LighterPrivateKey.Parse(secret)) }.ToString());
            await MakeNoiseAsync(harness, outputs);
            forbidden = [secret, secret.ToUpperInvariant(), .. Tokens(harness), .. harness.Received().Select(transaction => transaction.Info.GetProperty("Sig").GetString()!)];
            outputs.AddRange(harness.Events().Select(seen => seen.ToString()!));
        }

        outputs.AddRange(log.Lines);
        Assert.NotEmpty(log.Lines);
        Assert.InRange(forbidden.Count, 10, int.MaxValue);
        foreach (var text in forbidden)
        {
            Assert.DoesNotContain(outputs, output => output.Contains(text, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<string> Tokens(ClientHarness harness) =>
        harness.Venue.Requests.Select(request => request.Authorization).OfType<string>().Where(token => token.Length > 20);

    private static async Task MakeNoiseAsync(ClientHarness harness, List<string> outputs)
    {
        harness.Venue.Faults.Load("""
            {"faults":[{"fault":"refuse_transaction","code":21104},{"fault":"stale_token","times":2},{"fault":"lose_ack","after":3},{"fault":"drop_connections","after":5},
            {"fault":"refuse_request","path":"trades","status":500,"times":9},{"fault":"push_frame","frame":{"type":"jsonapi/sendtx","code":1},"every_ms":20,"times":5}]}
            """);
        var orders = new List<Order>();
        for (var i = 0; i < 8; i++)
        {
            orders.Add(harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00")));
        }

        harness.Submit(Orders.New(OrderType.Market, OrderSide.Buy, "0.0100"));
        await harness.UntilAsync(() => orders.All(order => order.IsOpen || order.IsClosed), "the orders");
        harness.Client.CancelAllOrders(Orders.CancelAll());
        try
        {
            await harness.Client.GenerateMassStatusAsync();
        }
        catch (ExecutionClientException exception)
        {
            outputs.Add(exception.ToString());
        }

        try
        {
            await harness.Client.UpdateLeverageAsync(Orders.Eth, 1, LighterMarginMode.Cross);
        }
        catch (ExecutionClientException exception)
        {
            outputs.Add(exception.ToString());
        }

        harness.Venue.Faults.Clear();
        await harness.UntilAsync(() => orders.All(order => order.IsClosed), "the cancels");
    }
}
