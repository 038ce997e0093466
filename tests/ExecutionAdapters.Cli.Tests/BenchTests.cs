using System.Text.Json.Nodes;

namespace ExecutionAdapters.Cli.Tests;

public sealed class BenchTests
{
    private static readonly string[] Figures =
    [
        "goldilocks_mul", "gfp5_mul", "gfp5_mul_x8", "poseidon2", "k_times_g", "sign_fresh", "sign_prepared", "create_order_frame_prepared",
        "create_order_frame_fresh", "verify_known", "verify", "batch15_body_prepared", "batch15_body_fresh", "inbound_order_row", "inbound_trade_row",
    ];

    [Fact]
    public async Task Bench_prints_every_figure_in_one_object()
    {
        var result = await CliProcess.RunAsync("", "bench", "--json");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var json = JsonNode.Parse(Assert.Single(result.OutputLines))!.AsObject();
        Assert.All(Figures, figure => Assert.True(json[figure + "_ns"]!.GetValue<double>() > 0 && json[figure + "_bytes"]!.GetValue<long>() >= 0, figure));
        Assert.All(new[] { "sign_fresh", "sign_prepared", "create_order_frame_fresh", "create_order_frame_prepared" }, figure => Assert.Equal(0, json[figure + "_bytes"]!.GetValue<long>()));
        var latency = json["submit_to_ack_us"]!;
        Assert.True(latency["p50"]!.GetValue<double>() <= latency["p99"]!.GetValue<double>() && latency["p99"]!.GetValue<double>() <= latency["p999"]!.GetValue<double>());
        Assert.Contains(json["path"]!.GetValue<string>(), new[] { "avx512", "avx2", "arm64", "scalar" });
    }
}
