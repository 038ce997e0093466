using System.Globalization;
using System.Text;
using ExecutionAdapters.Model;

namespace ExecutionAdapters.Cli.Backtest;

/// <summary>An equity curve as a drawing, and as a few lines of text.</summary>
internal static class EquityPlot
{
    private const int Width = 900;
    private const int Height = 320;
    private const int Left = 80;
    private const int Top = 40;
    private const int Bottom = 30;

    /// <summary>An SVG of the curve; readable on light and dark.</summary>
    public static string ToSvg(string title, IReadOnlyList<(UnixNanos Time, decimal Equity)> curve)
    {
        var (lowest, highest) = Range(curve);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#747c87\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{title}</title>\n<text x=\"10\" y=\"22\" font-size=\"16\" font-weight=\"600\">{title}</text>\n");
        for (var line = 0; line <= 4; line++)
        {
            var value = lowest + ((highest - lowest) * line / 4);
            var y = Y(value, lowest, highest);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - 10}\" y2=\"{y:0.#}\" stroke=\"#747c87\" stroke-opacity=\"0.3\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{value:N0}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 8}\">{TimeText(curve, 0)}</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - 10}\" y=\"{Height - 8}\" text-anchor=\"end\">{TimeText(curve, ^1)}</text>\n");
        svg.Append("<polyline fill=\"none\" stroke=\"#2f7fe0\" stroke-width=\"1.5\" points=\"");
        for (var i = 0; i < curve.Count; i++)
        {
            var x = Left + ((decimal)(Width - 10 - Left) * i / Math.Max(1, curve.Count - 1));
            svg.Append(CultureInfo.InvariantCulture, $"{x:0.#},{Y(curve[i].Equity, lowest, highest):0.#} ");
        }

        return svg.Append("\"/>\n</svg>\n").ToString();
    }

    /// <summary>Bars, one for a stretch of the curve, with its range beside them.</summary>
    public static string ToText(IReadOnlyList<(UnixNanos Time, decimal Equity)> curve, int width = 60)
    {
        const string Bars = "▁▂▃▄▅▆▇█";
        var (lowest, highest) = Range(curve);
        var columns = Math.Min(width, curve.Count);
        var line = new StringBuilder(columns);
        for (var column = 0; column < columns; column++)
        {
            var equity = curve[(int)((long)(column + 1) * curve.Count / columns) - 1].Equity;
            line.Append(Bars[(int)((equity - lowest) / (highest - lowest) * (Bars.Length - 1))]);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{line}  {lowest:N0} to {highest:N0}");
    }

    /// <summary>The day; of a curve within a few days the minute too.</summary>
    private static string TimeText(IReadOnlyList<(UnixNanos Time, decimal Equity)> curve, Index index)
    {
        var isShort = curve[^1].Time.ToDateTimeOffset() - curve[0].Time.ToDateTimeOffset() < TimeSpan.FromDays(4);
        return curve[index.GetOffset(curve.Count)].Time.ToDateTimeOffset().ToString(isShort ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Never empty, so that a flat curve can be drawn.</summary>
    private static (decimal Lowest, decimal Highest) Range(IReadOnlyList<(UnixNanos Time, decimal Equity)> curve)
    {
        var (lowest, highest) = (curve.Min(point => point.Equity), curve.Max(point => point.Equity));
        return lowest == highest ? (lowest - 1, highest + 1) : (lowest, highest);
    }

    private static decimal Y(decimal value, decimal lowest, decimal highest) => Top + ((Height - Top - Bottom) * (highest - value) / (highest - lowest));
}
