using System.CommandLine;
using System.Text;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Cli.Bridge;
using ExecutionAdapters.Model;
using ExecutionAdapters.Venues.Lighter;
using Spectre.Console;

namespace ExecutionAdapters.Cli.Watch;

/// <summary><c>watch</c>: a live blotter of an account, whoever trades on it. Nothing is sent.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    public static Command Create()
    {
        var target = new AccountTarget();
        var seconds = new Option<int?>("--seconds") { Description = "Stop after so many seconds; until Ctrl+C when left out." };
        var json = new Option<bool>("--json") { Description = "Print JSON Lines, as the bridge has them, and nothing else." };
        var command = new Command("watch", "Watch an account live: orders, fills, positions and balances, whoever trades on it.") { seconds, json };
        target.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var duration = parsed.GetValue(seconds);
            if (duration is < 1 or > 31_536_000)
            {
                throw new CommandException($"--seconds is {duration}: it must be from 1 to 31536000.", ExitCode.WrongUsage);
            }

            await using var account = await target.OpenAsync(parsed, new LighterVenueOptions(), cancellationToken).ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using var demo = account.Venue is { } venue ? await DemoAccount.OpenAsync(venue, stop.Token).ConfigureAwait(false) : null;
            var trading = demo?.TradeAsync(stop.Token) ?? Task.CompletedTask;
            try
            {
                var limit = duration is { } some ? TimeSpan.FromSeconds(some) : Timeout.InfiniteTimeSpan;
                await using var view = CreateView(parsed.GetValue(json), account);
                return await WatchAsync(account, view, limit, stop.Token).ConfigureAwait(false);
            }
            finally
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await trading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        return command;
    }

    private static WatchView CreateView(bool json, OpenAccount account)
    {
        if (json)
        {
            return new JsonWatchView(new BridgeOutput(BridgeOutput.OpenStandardOutput(), account.Configuration.Scrubber));
        }

        return Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive
            ? new PlainWatchView(new StreamWriter(BridgeOutput.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            : new LiveWatchView();
    }

    private static async Task<int> WatchAsync(OpenAccount account, WatchView view, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, view.Closed);
        AccountSession session;
        try
        {
            session = await AccountSession.ConnectAsync(account.Configuration, view.OnEvent, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return ExitCode.Fine;
        }

        await using (session.ConfigureAwait(false))
        {
            try
            {
                var status = await session.Client.GenerateMassStatusAsync(Lookback, ended.Token).ConfigureAwait(false);
                session.Book.Apply(status);
                view.Start(session.Book, status);
                return await session.TryWaitUntilAsync(() => session.IsOver, limit, ended.Token).ConfigureAwait(false)
                    ? throw new CommandException("The connection is gone for good.")
                    : ExitCode.Fine;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return ExitCode.Fine;
            }
        }
    }
}

/// <summary>How what is watched shows itself.</summary>
internal abstract class WatchView : IAsyncDisposable
{
    /// <summary>Cancelled when nobody looks any more.</summary>
    public virtual CancellationToken Closed => CancellationToken.None;

    /// <summary>Called once, with what there was when the watch began.</summary>
    public abstract void Start(AccountBook book, ExecutionMassStatus status);

    /// <summary>Called for every event, also before the start, on the event reader's task.</summary>
    public abstract void OnEvent(ExecutionEvent executionEvent);

    public abstract ValueTask DisposeAsync();
}
