using ExecutionAdapters.Engine.Reconciliation;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Tests.Engine.Reconciliation;

/// <summary>
/// Random histories of a venue, of which our books know a part: whatever that part is, one plan brings them to the venue's state, each
/// trade once, and a second one finds nothing to do.
/// </summary>
public sealed class ReconciliationPropertyTests
{
    private const int Histories = 400;

    [Fact]
    public void One_plan_leads_to_the_venues_state_and_a_second_one_is_empty()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomHistory(seed);
            var plan = history.Scene.Reconcile();
            Assert.True(plan.Unresolved.Count == 0, $"seed {seed}: {string.Join("; ", plan.Unresolved)}");
            history.AssertAgrees();
        }
    }

    [Fact]
    public void With_a_part_of_the_answer_missing_nothing_false_happens_and_the_whole_answer_still_leads_to_the_venues_state()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var history = new RandomHistory(seed);
            var scene = history.Scene;
            var venue = (seed % 3) switch
            {
                0 => scene.Venue() with { Orders = Evidence.Failed<OrderStatusReport>("lost") },
                1 => scene.Venue() with { Fills = Evidence.Partial<FillReport>([.. scene.Fills.Where((_, index) => index % 2 == 0)], "lost") },
                _ => scene.Venue() with { Positions = Evidence.Failed<PositionStatusReport>("lost") },
            };
            var partial = ReconciliationPlanner.Plan(scene.Books(), venue, scene.Options);
            Assert.DoesNotContain(partial.Events, orderEvent => orderEvent is OrderFilled { IsInferred: true });
            foreach (var orderEvent in partial.Events)
            {
                scene.Apply(orderEvent);
            }

            scene.Reconcile();
            history.AssertAgrees();
        }
    }

    /// <summary>Orders and trades as the venue has them, and books that stopped listening at a random moment.</summary>
    private sealed class RandomHistory
    {
        private readonly Random _random;
        private readonly Dictionary<string, (OrderStatus Status, decimal Filled)> _truth = [];
        private readonly Dictionary<InstrumentId, Position> _positions = [];
        private int _trades;

        public RandomHistory(int seed)
        {
            _random = new Random(seed);
            var orders = _random.Next(1, 8);
            for (var i = 1; i <= orders; i++)
            {
                Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }

            foreach (var position in _positions.Values.Where(position => position.IsOpen))
            {
                Scene.Positions.Add(Scene.Held(position.SignedQty, position.AvgPxOpen, position.InstrumentId));
            }
        }

        public Scene Scene { get; } = new();

        public void AssertAgrees()
        {
            foreach (var (venueOrderId, (status, filled)) in _truth)
            {
                var order = Assert.Single(Scene.Local, candidate => candidate.VenueOrderId?.Value == venueOrderId);
                Assert.Equal(filled, order.FilledQty.Value);
                Assert.Equal(status.ToString(), order.IsClosed ? order.Lifecycle.ToString() : order.Status.ToString());
            }

            foreach (var instrument in Scene.Instruments.Keys)
            {
                var expected = _positions.TryGetValue(instrument, out var truth) ? truth.SignedQty : 0;
                Assert.Equal(expected, Scene.Position(instrument)?.SignedQty ?? 0);
            }

            var tradeIds = Scene.Local.SelectMany(order => order.TradeIds).ToList();
            Assert.Equal(tradeIds.Count, tradeIds.Distinct().Count());
            Assert.Equal(Scene.Fills.Count, tradeIds.Count);
        }

        private void Add(string venueOrderId)
        {
            var side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
            var instrument = _random.Next(2) == 0 ? Scene.Eth : Scene.Btc;
            var order = Scene.Submit(side, "1.0000", "2000.00", instrument);
            var fills = Trades(order, venueOrderId).ToList();
            var filled = fills.Sum(fill => fill.LastQty.Value);
            var status = filled == 1 ? OrderStatus.Filled
                : _random.Next(3) switch
                {
                    0 => OrderStatus.Canceled,
                    1 => OrderStatus.Expired,
                    _ => filled > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
                };
            decimal? average = filled == 0 ? null : fills.Sum(fill => fill.LastQty.Value * fill.LastPx.Value) / filled;
            Scene.Orders.Add(Scene.Report(order, venueOrderId, status, new Quantity(filled, 4).ToString(), average, last: 100));
            Scene.Fills.AddRange(fills);
            _truth[venueOrderId] = (status, filled);
            fills.ForEach(Hold);
            if (_random.Next(4) == 0)
            {
                return;
            }

            Scene.Accept(order, venueOrderId);
            foreach (var fill in fills.Take(_random.Next(fills.Count + 1)))
            {
                Scene.Fill(fill);
            }
        }

        private IEnumerable<FillReport> Trades(Order order, string venueOrderId)
        {
            var left = 10_000;
            for (var count = _random.Next(4); count > 0 && left > 0; count--)
            {
                var size = _random.Next(3) == 0 ? left : _random.Next(1, left + 1);
                left -= size;
                var id = ++_trades;
                yield return Scene.Trade(
                    "T" + id.ToString(System.Globalization.CultureInfo.InvariantCulture), venueOrderId, new Quantity(size / 10_000m, 4).ToString(),
                    new Price(_random.Next(190_000, 210_000) / 100m, 2).ToString(), order.Side, order.ClientOrderId, at: 3 + id, order.InstrumentId);
            }
        }

        /// <summary>The venue's own position.</summary>
        private void Hold(FillReport fill)
        {
            var filled = new OrderFilled
            {
                TraderId = new TraderId("VENUE-001"),
                StrategyId = new StrategyId("VENUE-001"),
                InstrumentId = fill.InstrumentId,
                ClientOrderId = fill.ClientOrderId!.Value,
                AccountId = Scene.Account,
                VenueOrderId = fill.VenueOrderId,
                TradeId = fill.TradeId,
                OrderSide = fill.OrderSide,
                OrderType = OrderType.Limit,
                LastQty = fill.LastQty,
                LastPx = fill.LastPx,
                Currency = Currency.USDC,
                LiquiditySide = fill.LiquiditySide,
                EventId = Uuid4.New(),
                TsEvent = fill.TsEvent,
                TsInit = fill.TsEvent,
            };
            if (_positions.TryGetValue(fill.InstrumentId, out var position))
            {
                Assert.Null(position.TryApply(filled));
            }
            else
            {
                _positions[fill.InstrumentId] = new Position(Scene.Instruments[fill.InstrumentId], new PositionId("VENUE"), filled);
            }
        }
    }
}
