using System.Text.Json;
using ExecutionAdapters.Clients;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;

namespace ExecutionAdapters.Lighter.Tests;

/// <summary>The integrator: on the wire only when set, approved once, revocable.</summary>
public sealed class IntegratorTests
{
    private const long Integrator = 723813;

    [Fact]
    public async Task Creates_and_modifications_name_the_integrator_without_fees_and_cancels_do_not()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { IntegratorAccountIndex = Integrator });
        var order = await harness.RestAsync(OrderSide.Buy, "0.0100", "2000.00");
        harness.Client.ModifyOrder(Orders.Modify(order.ClientOrderId.Value, price: "1990.00"));
        await harness.NextAsync<OrderUpdated>();
        harness.Client.CancelOrder(Orders.Cancel(order.ClientOrderId.Value));
        await harness.UntilAsync(() => order.IsClosed, "the cancel");
        var attributes = harness.Received().Where(transaction => transaction.Type != 45).Select(transaction => transaction.Info.GetProperty("L2TxAttributes")).ToList();
        Assert.Equal(Integrator, attributes[0].GetProperty("1").GetInt64());
        Assert.Equal(Integrator, attributes[1].GetProperty("1").GetInt64());
        Assert.All(attributes.Take(2), present => Assert.All(present.EnumerateObject().Where(entry => entry.Name != "1"), entry => Assert.Equal(0, entry.Value.GetInt64())));
        Assert.Equal(JsonValueKind.Null, attributes[2].ValueKind);
    }

    [Fact]
    public async Task Without_a_setting_no_transaction_carries_an_attribute()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await harness.SettleAsync();
        Assert.All(harness.Received(), transaction => Assert.Equal(JsonValueKind.Null, transaction.Info.GetProperty("L2TxAttributes").ValueKind));
    }

    [Fact]
    public async Task An_integrator_that_is_approved_already_is_not_approved_again()
    {
        await using var harness = await ClientHarness.ConnectAsync(
            configure: options => options with { IntegratorAccountIndex = Integrator },
            venueOptions: new LighterVenueOptions { SyntheticFlow = false, ApprovedIntegrators = [Integrator] });
        Assert.Empty(harness.Received());
        await harness.SettleAsync();
    }

    [Fact]
    public async Task The_approval_of_one_connect_serves_the_next()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { IntegratorAccountIndex = Integrator });
        await harness.Client.DisconnectAsync();
        await harness.Client.ConnectAsync();
        Assert.Single(harness.Received(), transaction => transaction.Type == 45);
    }

    [Fact]
    public async Task After_a_revocation_orders_that_name_the_integrator_are_refused()
    {
        await using var harness = await ClientHarness.ConnectAsync(configure: options => options with { IntegratorAccountIndex = Integrator });
        await using var other = harness.ClientWith();
        await other.RevokeIntegratorAsync(Integrator);
        harness.Submit(Orders.Limit(OrderSide.Buy, "0.0100", "2000.00"));
        Assert.Contains("21149", (await harness.NextAsync<OrderRejected>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_revocation_is_an_exception_with_the_venues_code()
    {
        await using var harness = await ClientHarness.StartAsync();
        harness.Venue.Faults.AnswerNextTransaction(21102, "invalid account index");
        var exception = await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.RevokeIntegratorAsync(Integrator));
        Assert.Equal(21102, exception.VenueCode);
    }

    [Fact]
    public async Task A_connected_client_does_not_revoke_beside_its_lane()
    {
        await using var harness = await ClientHarness.ConnectAsync();
        await Assert.ThrowsAsync<ExecutionClientException>(() => harness.Client.RevokeIntegratorAsync(Integrator));
        Assert.Empty(harness.Received());
    }
}
