using System.Globalization;
using ExecutionAdapters.Cli.Accounts;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Status;

/// <summary>A status as tables. A part that failed is named as missing, never shown as empty.</summary>
internal static class StatusTable
{
    public static void Write(AccountStatus status, TextWriter output)
    {
        var quota = status.VolumeQuotaRemaining is { } left ? string.Create(CultureInfo.InvariantCulture, $", volume quota {left}") : "";
        output.WriteLine($"Account {status.AccountId}, tier {status.Tier ?? "unknown"}{quota}");
        Part("account", "Balances", ["currency", "total", "locked", "free"], status.Account?.Balances.Select(AccountCells.Of));
        Part("account", "Margins", ["instrument", "initial", "maintenance"], status.Account?.Margins.Select(AccountCells.Of));
        Part("order_reports", "Open orders", AccountCells.OrderColumns, status.MassStatus.OrderReports.Values.Where(order => order.OrderStatus.IsOpen()).OrderBy(order => order.TsAccepted).Select(AccountCells.Of));
        Part("position_reports", "Positions", AccountCells.PositionColumns, status.MassStatus.PositionReports.Values.SelectMany(positions => positions).Select(AccountCells.Of));
        Part("fill_reports", "Recent fills", AccountCells.FillColumns, status.MassStatus.FillReports.Values.SelectMany(fills => fills).OrderByDescending(fill => fill.TsEvent).Select(AccountCells.Of));

        void Part(string name, string title, IReadOnlyList<string> columns, IEnumerable<string[]>? rows)
        {
            output.WriteLine();
            if (status.FailedParts.Contains(name, StringComparer.Ordinal))
            {
                output.WriteLine($"{title}: NOT KNOWN, the venue could not be asked");
                return;
            }

            TextTable.Write(output, title, columns, [.. rows!]);
        }
    }
}
