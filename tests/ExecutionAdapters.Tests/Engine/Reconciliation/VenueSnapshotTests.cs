using ExecutionAdapters.Clients;
using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

public sealed class VenueSnapshotTests
{
    private static readonly UnixNanos AskedAt = Scene.At(900);

    private readonly Scene _scene = new();

    [Fact]
    public void A_mass_status_without_a_failure_is_all_there_is()
    {
        var venue = VenueSnapshot.From(Status(unmapped: []), AskedAt);
        Assert.Equal((Scene.Account, new Venue("LIGHTER"), AskedAt), (venue.AccountId, venue.Venue, venue.AsOf));
        Assert.Equal((true, true, true), (venue.Orders.IsComplete, venue.Fills.IsComplete, venue.Positions.IsComplete));
        Assert.Equal((1, 2, 1), (venue.Orders.Items.Count, venue.Fills.Items.Count, venue.Positions.Items.Count));
        Assert.Null(venue.Orders.Reason);
    }

    [Fact]
    public void Rows_that_could_not_be_mapped_make_every_part_partial()
    {
        var venue = VenueSnapshot.From(Status(unmapped: ["order 9: no market 7", "order 10: no market 8"]), AskedAt);
        Assert.Equal(
            (EvidenceKind.Partial, EvidenceKind.Partial, EvidenceKind.Partial), (venue.Orders.Kind, venue.Fills.Kind, venue.Positions.Kind));
        Assert.Equal("2 rows could not be mapped, the first: order 9: no market 7", venue.Orders.Reason);
        Assert.Single(venue.Orders.Items);
    }

    [Theory]
    [InlineData("order_reports", EvidenceKind.Partial, EvidenceKind.Complete, EvidenceKind.Complete)]
    [InlineData("fill_reports", EvidenceKind.Complete, EvidenceKind.Partial, EvidenceKind.Complete)]
    [InlineData("position_reports", EvidenceKind.Complete, EvidenceKind.Complete, EvidenceKind.Partial)]
    public void A_part_that_failed_says_nothing_against_the_others(string failed, EvidenceKind orders, EvidenceKind fills, EvidenceKind positions)
    {
        var venue = VenueSnapshot.From(new MassStatusException("HTTP 500", [failed], Status(unmapped: [])), AskedAt);
        Assert.Equal((orders, fills, positions), (venue.Orders.Kind, venue.Fills.Kind, venue.Positions.Kind));
        Assert.Equal(orders == EvidenceKind.Partial ? "HTTP 500" : null, venue.Orders.Reason);
    }

    [Fact]
    public void A_part_of_which_nothing_could_be_read_failed()
    {
        var nothing = ExecutionMassStatus.Create(Uuid4.New(), AskedAt, new ClientId("LIGHTER"), Scene.Account, new Venue("LIGHTER"), [], [], []);
        var venue = VenueSnapshot.From(new MassStatusException("HTTP 500", ["fill_reports"], nothing), AskedAt);
        Assert.Equal((EvidenceKind.Failed, "HTTP 500"), (venue.Fills.Kind, venue.Fills.Reason));
        Assert.True(venue.Orders.IsComplete);
    }

    private ExecutionMassStatus Status(IReadOnlyList<string> unmapped) => ExecutionMassStatus.Create(
        Uuid4.New(), AskedAt, new ClientId("LIGHTER"), Scene.Account, new Venue("LIGHTER"),
        [_scene.Foreign("1", OrderStatus.Accepted)], [Scene.Trade("T1", "2", "1.0000"), Scene.Trade("T2", "2", "1.0000")], [Scene.Held(2m, 2000m)], unmapped);
}
