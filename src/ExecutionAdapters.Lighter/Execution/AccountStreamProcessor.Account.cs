using ExecutionAdapters.Lighter.WebSocket;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Lighter.Execution;

/// <content>Positions, balances and margin.</content>
internal sealed partial class AccountStreamProcessor
{
    private long _accountTimestampMs;

    /// <summary>The stream has told the positions since the latest connect.</summary>
    public bool HasPositions { get; private set; }

    public void OnPositions(LighterFrame.AccountPositions frame)
    {
        NoteFailures(LighterChannels.AccountPositions, frame.Failures);
        HasPositions = true;
        var maintenanceBefore = MaintenanceMargin();
        UpdatePositions(frame);
        if (MaintenanceMargin() != maintenanceBefore)
        {
            EmitAccountState(_accountTimestampMs);
        }
    }

    private void UpdatePositions(LighterFrame.AccountPositions frame)
    {
        var now = _emitter.Now;
        var present = new HashSet<short>();
        foreach (var row in frame.Rows)
        {
            if (Markets.Find(row.MarketIndex) is not { } market)
            {
                NoteUnknownMarket(LighterChannels.AccountPositions, row.MarketIndex);
                continue;
            }

            present.Add(row.MarketIndex);
            var previous = _positions.GetValueOrDefault(row.MarketIndex);
            if (row.SignedSize == 0)
            {
                _positions.Remove(row.MarketIndex);
            }
            else
            {
                _positions[row.MarketIndex] = row;
            }

            if (!row.IsSameHolding(previous) && (previous is not null || row.SignedSize != 0))
            {
                _emitter.Send(ReportFactory.Position(row.SignedSize, row.AverageEntryPrice, market, _accountId, now));
            }
        }

        // The frame is the whole truth, but for rows that could not be read. Without a market for such a row nothing counts as absent.
        if (frame.Failures.Count > frame.UnreadableMarkets.Count)
        {
            return;
        }

        foreach (var absent in _positions.Keys.Where(market => !present.Contains(market) && !frame.UnreadableMarkets.Contains(market)).ToList())
        {
            _positions.Remove(absent);
            _emitter.Send(ReportFactory.Position(0, 0, Markets.Find(absent)!, _accountId, now));
        }
    }

    public void OnAssets(LighterFrame.AccountAssets frame)
    {
        NoteFailures(LighterChannels.AccountAssets, frame.Failures);
        foreach (var row in frame.Rows)
        {
            _assets[row.AssetId] = row;
        }

        _hasAssets = true;
        NoteVenueTime(frame.TimestampMs);
        EmitAccountState(frame.TimestampMs);
    }

    public void OnUserStats(LighterFrame.UserStats frame)
    {
        _userStats = frame.Row;
        NoteVenueTime(frame.TimestampMs);
        EmitAccountState(frame.TimestampMs);
    }

    /// <summary>Positions as the stream has them; with a market and no position there, one explicit flat report.</summary>
    public IReadOnlyList<PositionStatusReport> Positions(LighterMarket? only)
    {
        var now = _emitter.Now;
        if (only is not null)
        {
            var row = _positions.GetValueOrDefault(only.Index);
            return [ReportFactory.Position(row?.SignedSize ?? 0, row?.AverageEntryPrice ?? 0, only, _accountId, now)];
        }

        return [.. _positions.Values.Select(row => ReportFactory.Position(row.SignedSize, row.AverageEntryPrice, Markets.Find(row.MarketIndex)!, _accountId, now))];
    }

    /// <summary>
    /// What cross positions must keep: their value at the mark price times the market's fraction. The venue tells it by REST only.
    /// </summary>
    private decimal MaintenanceMargin() => _positions.Values.Where(row => !row.IsIsolated)
        .Sum(row => row.Value * (Markets.Find(row.MarketIndex)?.Instrument.MarginMaint ?? 0));

    private void EmitAccountState(long timestampMs)
    {
        _accountTimestampMs = timestampMs;
        // Balances without margins would look like an account without margins: both or nothing.
        if (!_hasAssets || _userStats is not { } stats || timestampMs <= 0)
        {
            return;
        }

        List<AccountBalance> balances = [.. _assets.Values.Select(ReportFactory.Balance)];
        var initial = Math.Max(stats.Collateral - stats.AvailableBalance, 0);
        var margin = new MarginBalance(new Money(initial, Currency.USDC), new Money(MaintenanceMargin(), Currency.USDC));
        _emitter.EmitAccountState(balances, [margin], UnixNanos.FromMilliseconds(timestampMs));
    }
}
