using System.Globalization;
using System.Security;
using System.Text;

namespace ExecutionAdapters.Benchmarks.Plots;

/// <summary>Bars that belong together, one for each series.</summary>
/// <param name="Label">What they are of.</param>
/// <param name="Values">Above zero.</param>
internal sealed record BarGroup(string Label, IReadOnlyList<double> Values);

/// <summary>
/// Horizontal bars in groups on a logarithmic scale, as SVG. The same input gives the same text; the colours are read on light and on dark
/// ground, and the ground is left to the page.
/// </summary>
/// <param name="Title">What is shown.</param>
/// <param name="Axis">The unit, below the scale.</param>
/// <param name="Series">The names of the bars in a group.</param>
/// <param name="Groups">From top to bottom.</param>
internal sealed record BarChart(string Title, string Axis, IReadOnlyList<string> Series, IReadOnlyList<BarGroup> Groups)
{
    private const int Width = 800;
    private const int Left = 190;
    private const int Right = 80;
    private const int Top = 70;
    private const int BarHeight = 15;
    private const int BarPitch = 18;
    private const int GroupGap = 16;
    private const int Bottom = 50;
    private const string Ink = "#747c87";
    private static readonly string[] Colours = ["#2f7fe0", "#c9821a", "#9467bd"];

    private double LowestDecade => Math.Floor(Math.Log10(Groups.Min(group => group.Values.Min())));

    private double HighestDecade => Math.Ceiling(Math.Log10(Groups.Max(group => group.Values.Max())));

    private int GroupHeight => (Series.Count * BarPitch) + GroupGap;

    private int PlotHeight => (Groups.Count * GroupHeight) + GroupGap;

    public string ToSvg()
    {
        var svg = new StringBuilder();
        int height = Top + PlotHeight + Bottom;
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\"");
        svg.Append(" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n");
        svg.Append($"<title>{SecurityElement.Escape(Title)}</title>\n");
        Text(svg, 10, 22, Title, "start", " font-size=\"16\" font-weight=\"600\"");
        DrawLegend(svg);
        DrawScale(svg);
        for (int group = 0; group < Groups.Count; group++)
        {
            DrawGroup(svg, Groups[group], Top + GroupGap + (group * GroupHeight));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void DrawLegend(StringBuilder svg)
    {
        int x = Left;
        for (int i = 0; i < Series.Count; i++)
        {
            svg.Append($"<rect x=\"{x}\" y=\"38\" width=\"13\" height=\"13\" rx=\"2\" fill=\"{Colours[i]}\"/>\n");
            Text(svg, x + 19, 49, Series[i], "start");
            x += 50 + (Series[i].Length * 7);
        }
    }

    private void DrawScale(StringBuilder svg)
    {
        int bottom = Top + PlotHeight;
        for (double decade = LowestDecade; decade <= HighestDecade; decade++)
        {
            double value = Math.Pow(10, decade);
            double x = X(value);
            svg.Append($"<line x1=\"{Number(x)}\" y1=\"{Top}\" x2=\"{Number(x)}\" y2=\"{bottom}\" stroke=\"{Ink}\" stroke-opacity=\"0.35\"/>\n");
            Text(svg, x, bottom + 18, Label(value), "middle");
        }

        Text(svg, Left, bottom + 38, Axis, "start");
    }

    private void DrawGroup(StringBuilder svg, BarGroup group, int top)
    {
        Text(svg, Left - 10, top + (Series.Count * BarPitch / 2.0) + 3, group.Label, "end");
        for (int i = 0; i < group.Values.Count; i++)
        {
            double end = X(group.Values[i]);
            int y = top + (i * BarPitch);
            svg.Append($"<rect x=\"{Left}\" y=\"{y}\" width=\"{Number(end - Left)}\" height=\"{BarHeight}\" rx=\"2\" fill=\"{Colours[i]}\"/>\n");
            Text(svg, end + 6, y + 12, Label(group.Values[i]), "start");
        }
    }

    private double X(double value) => Left + ((Width - Left - Right) * (Math.Log10(value) - LowestDecade) / (HighestDecade - LowestDecade));

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, string attributes = "") =>
        svg.Append($"<text x=\"{Number(x)}\" y=\"{Number(y)}\" fill=\"{Ink}\" text-anchor=\"{anchor}\"{attributes}>{SecurityElement.Escape(text)}</text>\n");

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Label(double value) => value.ToString(value < 100 ? "0.#" : "N0", CultureInfo.InvariantCulture);
}
