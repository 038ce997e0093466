using ExecutionAdapters.Engine;
using ExecutionAdapters.Model;
using Spectre.Console;

namespace ExecutionAdapters.Cli.Demo;

/// <summary>How the demo shows itself: a live table on a terminal, plain lines in a pipe, nothing but the result with <c>--json</c>.</summary>
internal abstract class Blotter : IAsyncDisposable
{
    public static Blotter Create(bool json, int orders, TextWriter output)
    {
        if (json)
        {
            return new SilentBlotter(output);
        }

        return Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive
            ? new PlainBlotter(output)
            : new LiveBlotter(orders);
    }

    /// <summary>Called for every event, after it was applied, on the event reader's task.</summary>
    public abstract void OnEvent(ExecutionEvent executionEvent, ExecutionCache cache);

    /// <summary>Shows the result.</summary>
    public abstract ValueTask FinishAsync(DemoResult result);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>One line of words per event; null for events that are not shown.</summary>
    protected static string? Describe(ExecutionEvent executionEvent) => executionEvent switch
    {
        OrderFilled fill => $"{fill.ClientOrderId} filled {fill.OrderSide} {fill.LastQty} {fill.InstrumentId} @ {fill.LastPx} {fill.LiquiditySide} fee {fill.Commission}",
        OrderDenied denied => $"{denied.ClientOrderId} denied: {denied.Reason}",
        OrderRejected rejected => $"{rejected.ClientOrderId} rejected: {rejected.Reason}",
        OrderCancelRejected rejected => $"{rejected.ClientOrderId} cancel rejected: {rejected.Reason}",
        OrderModifyRejected rejected => $"{rejected.ClientOrderId} modify rejected: {rejected.Reason}",
        OrderUpdated updated => $"{updated.ClientOrderId} updated: quantity {updated.Quantity} price {updated.Price}",
        OrderCanceled canceled => $"{canceled.ClientOrderId} canceled ({canceled.Reason})",
        OrderEvent order => $"{order.ClientOrderId} {order.GetType().Name["Order".Length..].ToLowerInvariant()}",
        ConnectionStateChanged connection => $"connection {connection.State}",
        _ => null,
    };

    protected static void WriteSummary(DemoResult result, Action<string> writeLine)
    {
        var orders = result.Orders;
        writeLine($"orders: {orders.Submitted} submitted, {orders.Accepted} accepted, {orders.Filled} filled, {orders.Canceled} canceled, {orders.Rejected} rejected, {orders.Denied} denied");
        writeLine($"fills: {result.Fills}; signatures verified by the venue: {result.SignaturesVerified}");
        writeLine($"latency: sign p50 {result.LatencyUs.SignP50} µs; submit to acknowledgement p50 {result.LatencyUs.SubmitToAckP50} µs, p99 {result.LatencyUs.SubmitToAckP99} µs");
        if (result.Faults is { } faults)
        {
            writeLine("faults: " + string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}")));
        }

        foreach (var discrepancy in result.DiscrepancyTexts)
        {
            writeLine("DISCREPANCY " + discrepancy);
        }

        writeLine(result.Ok ? "Orders, fills, positions and balances agree with the venue's books." : $"{result.Discrepancies} discrepancies.");
    }

    private sealed class SilentBlotter(TextWriter output) : Blotter
    {
        public override void OnEvent(ExecutionEvent executionEvent, ExecutionCache cache)
        {
        }

        public override async ValueTask FinishAsync(DemoResult result)
        {
            foreach (var discrepancy in result.DiscrepancyTexts)
            {
                await Console.Error.WriteLineAsync("DISCREPANCY " + discrepancy).ConfigureAwait(false);
            }

            await output.WriteLineAsync(result.ToJson()).ConfigureAwait(false);
        }
    }

    private sealed class PlainBlotter(TextWriter output) : Blotter
    {
        private volatile bool _isFinished;

        public override void OnEvent(ExecutionEvent executionEvent, ExecutionCache cache)
        {
            if (!_isFinished && Describe(executionEvent) is { } line)
            {
                output.WriteLine(line);
            }
        }

        public override ValueTask FinishAsync(DemoResult result)
        {
            _isFinished = true;
            WriteSummary(result, output.WriteLine);
            return ValueTask.CompletedTask;
        }
    }
}
