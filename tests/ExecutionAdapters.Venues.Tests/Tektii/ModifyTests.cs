using ExecutionAdapters.Venues.Tektii;
using static ExecutionAdapters.Venues.Tektii.TektiiSide;

namespace ExecutionAdapters.Venues.Tests.Tektii;

public sealed class ModifyTests : TektiiVenueTest
{
    [Fact]
    public async Task In_place_the_id_stays_and_a_price_that_meets_the_quote_trades()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        TektiiOrder order = Limit(Buy, 10, 95m);
        Venue.FillNow(order.Id, 4m);
        Answer smaller = await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"quantity":8,"limit_price":"96.00"}""");
        Assert.Equal(200, smaller.Status);
        Assert.Null(smaller.Body!["previous_order_id"]);
        Assert.Equal(("8", "4", "96.00"), ((string)smaller.Body["order"]!["quantity"]!, (string)smaller.Body["order"]!["remaining_quantity"]!, (string)smaller.Body["order"]!["limit_price"]!));

        Assert.Equal(400, (await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"quantity":"3"}""")).Status);
        Assert.Equal(400, (await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"stop_price":"3"}""")).Status);
        Assert.Equal(404, (await client.SendAsync("PATCH", "/v1/orders/o-99", """{"quantity":"3"}""")).Status);
        await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"limit_price":"101"}""");
        Assert.Equal((TektiiOrderStatus.Filled, 8m), (Order(order.Id).Status, Order(order.Id).FilledQuantity));
        Answer late = await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"quantity":"20"}""");
        Assert.Equal((409, "ORDER_NOT_MODIFIABLE"), (late.Status, late.Code));
    }
}

public sealed class ReplaceTests : TektiiVenueTest
{
    private protected override TektiiVenueOptions Options => base.Options with { ReplaceOnModify = true };

    [Fact]
    public async Task A_replacement_has_a_new_id_and_what_was_left()
    {
        await using var client = new TektiiTestClient(Venue);
        Quote(99m, 100m);
        TektiiOrder order = Limit(Buy, 10, 95m);
        Venue.FillNow(order.Id, 4m);
        Answer replaced = await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"limit_price":"96"}""");
        Assert.Equal(("o-2", order.Id), ((string)replaced.Body!["order"]!["id"]!, (string)replaced.Body["previous_order_id"]!));
        Assert.Equal((6m, 0m), (Order("o-2").Request.Quantity, Order("o-2").FilledQuantity));
        Assert.Equal(TektiiOrderStatus.Cancelled, Order(order.Id).Status);
    }

    [Fact]
    public async Task A_replacement_that_fails_leaves_the_original_cancelled()
    {
        await using var client = new TektiiTestClient(Venue);
        TektiiOrder order = Limit(Buy, 10, 95m);
        Venue.Faults.FailNextReplacement();
        Answer failed = await client.SendAsync("PATCH", $"/v1/orders/{order.Id}", """{"limit_price":"96"}""");
        Assert.Equal((422, "ORDER_REJECTED"), (failed.Status, failed.Code));
        Assert.Equal(TektiiOrderStatus.Cancelled, Assert.Single(Venue.Books.Orders).Status);
    }
}
