using System.Globalization;
using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>Leverage, margin mode and margin; and the account's margin figures.</summary>
public sealed class AccountCommandTests
{
    [Fact]
    public async Task Leverage_is_set_at_the_venue()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross);
        var sent = Assert.Single(harness.Received());
        Assert.Equal(20, sent.Type);
        Assert.Equal(1_000, sent.Info.GetProperty("InitialMarginFraction").GetInt32());
        Assert.Equal(200, sent.Code);
    }

    [Fact]
    public async Task A_refused_leverage_is_an_exception_with_the_venues_code()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.UpdateLeverageAsync(Orders.Eth, 1, LighterMarginMode.Cross));
        Assert.NotNull(exception.VenueCode);
    }

    [Fact]
    public async Task A_refusal_before_execution_is_an_exception_too()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.AnswerNextTransaction(21613, "invalid margin mode");
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross));
        Assert.Equal(21613, exception.VenueCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task A_fraction_out_of_range_is_refused_and_nothing_is_sent(int fraction)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => harness.Client.UpdateLeverageAsync(Orders.Eth, fraction, LighterMarginMode.Cross));
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task A_spot_market_has_no_leverage()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.UpdateLeverageAsync(Orders.EthSpot, 1_000, LighterMarginMode.Cross));
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task Without_a_session_leverage_is_not_sent()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Client.DisconnectAsync();
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross));
        Assert.Contains("NOT_SENT", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Margin_is_added_to_an_isolated_position_and_taken_out_again()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Isolated);
        await BuyAsync(harness, "0.1000");
        var before = await AllocatedAsync(harness);
        await harness.Client.UpdateMarginAsync(Orders.Eth, 12.345678m);
        Assert.Equal(before + 12.345678m, await AllocatedAsync(harness));
        await harness.Client.UpdateMarginAsync(Orders.Eth, -2.345678m);
        Assert.Equal(before + 10m, await AllocatedAsync(harness));
    }

    [Fact]
    public async Task Margin_of_a_position_that_is_not_there_is_refused_by_the_venue()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.UpdateMarginAsync(Orders.Eth, 1m));
        Assert.NotNull(exception.VenueCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.0000001")]
    public async Task An_amount_of_nothing_or_of_too_many_decimals_is_refused(string amount)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => harness.Client.UpdateMarginAsync(Orders.Eth, decimal.Parse(amount, CultureInfo.InvariantCulture)));
        Assert.Empty(harness.Received());
    }

    [Fact]
    public async Task A_lost_acknowledgement_of_a_leverage_update_is_looked_up()
    {
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { AcknowledgementTimeout = TimeSpan.FromMilliseconds(100), VerdictTimeout = TimeSpan.FromMilliseconds(100) });
        harness.Venue.Faults.Load("""{"faults":[{"fault":"lose_ack"},{"fault":"drop_frame","channel":"account_tx","times":null}]}""");
        await harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross);
        Assert.Single(harness.Received());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_update_whose_answer_is_lost_ends_with_the_client_and_says_that_its_outcome_is_unknown(bool disposes)
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"lose_ack"},{"fault":"drop_frame","channel":"account_tx","times":null}]}""");
        var update = harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross);
        await harness.UntilAsync(() => harness.Received().Count == 1, "the update at the venue");
        await (disposes ? harness.Client.DisposeAsync().AsTask() : harness.Client.DisconnectAsync());
        await harness.UntilAsync(() => update.IsCompleted, "the update to end");
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => update);
        Assert.Contains("outcome is unknown", exception.Message, StringComparison.Ordinal);
        Assert.Null(exception.VenueCode);
    }

    [Fact]
    public async Task An_admitted_update_that_is_never_told_ends_with_the_client()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        harness.Venue.Faults.Load("""{"faults":[{"fault":"drop_frame","channel":"account_tx","times":null}]}""");
        var update = harness.Client.UpdateLeverageAsync(Orders.Eth, 1_000, LighterMarginMode.Cross);
        await harness.SettleAsync();
        Assert.False(update.IsCompleted);
        await harness.Client.DisconnectAsync();
        await harness.UntilAsync(() => update.IsCompleted, "the update to end");
        Assert.Contains("outcome is unknown", (await Assert.ThrowsAsync<ExecutionClientException>(() => update)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_accounts_maintenance_margin_is_what_the_venue_demands()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await BuyAsync(harness, "0.1000");
        harness.Client.QueryAccount(new QueryAccount { TraderId = Orders.Trader, CommandId = Uuid4.New(), TsInit = default, AccountId = harness.Client.AccountId });
        var required = await RequiredAsync(harness);
        Assert.NotEqual(0, required);
        await harness.UntilAsync(
            () => harness.Events<AccountState>().Count(state => Assert.Single(state.Margins).Maintenance.Amount == required) >= 2,
            "the maintenance margin, from the stream and from the query");
    }

    private static async Task BuyAsync(ClientHarness harness, string quantity)
    {
        await harness.Venue.PlaceHouseOrderAsync(0, isAsk: true, size: 1m, price: 2360m);
        var order = harness.Submit(Orders.Limit(OrderSide.Buy, quantity, "2360.00"));
        await harness.UntilAsync(() => order.Status == OrderStatus.Filled, "the position");
    }

    private static async Task<decimal> RequiredAsync(ClientHarness harness)
    {
        using var http = new HttpClient();
        using var answer = JsonDocument.Parse(await http.GetStringAsync(new Uri(harness.Venue.RestUrl, $"api/v1/account?by=index&value={harness.Venue.TestAccount.AccountIndex}")));
        return decimal.Parse(
            answer.RootElement.GetProperty("accounts")[0].GetProperty("cross_maintenance_margin_requirement").GetString()!, CultureInfo.InvariantCulture);
    }

    private static async Task<decimal> AllocatedAsync(ClientHarness harness) => decimal.Parse(
        (await harness.TruthAsync()).GetProperty("positions").EnumerateArray().First(row => row.GetProperty("market_id").GetInt32() == 0)
        .GetProperty("allocated_margin").GetString()!,
        CultureInfo.InvariantCulture);
}
