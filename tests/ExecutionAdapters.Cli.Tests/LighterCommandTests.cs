using System.Text.Json;
using System.Text.Json.Nodes;

namespace ExecutionAdapters.Cli.Tests;

public sealed class LighterCommandTests
{
    private const string Key = "0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb8b16dc4fa9d7c2e1d3a8b1f0e8d3a4c5b6e7f001";

    private static readonly JsonArray Vectors = Load("transactions.json")["vectors"]!.AsArray();

    [Fact]
    public async Task Sign_with_fixed_nonces_gives_every_hash_and_signature_of_the_vectors()
    {
        var result = await CliProcess.RunAsync(string.Join('\n', Vectors.Select(vector => SignLine(vector!.AsObject()))), "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Equal("", result.Error);
        Assert.Equal(0, result.ExitCode);
        var lines = result.OutputLines;
        Assert.Equal(Vectors.Count, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var answer = JsonNode.Parse(lines[i])!;
            Assert.Equal((string?)Vectors[i]!["tx_hash"], (string?)answer["tx_hash"]);
            Assert.Equal((string?)Vectors[i]!["signature"], (string?)answer["signature"]);
            AssertSameMembers(Vectors[i]!["tx_info"]!.AsObject(), JsonNode.Parse((string)answer["tx_info"]!)!.AsObject());
        }
    }

    [Fact]
    public async Task Sign_with_random_nonces_gives_signatures_that_verify()
    {
        var vectors = Vectors.Take(5).Select(vector => vector!.AsObject()).ToList();
        var unfixed = vectors.Select(vector =>
        {
            var line = JsonNode.Parse(SignLine(vector))!.AsObject();
            line.Remove("k");
            return line.ToJsonString();
        });
        var signed = await CliProcess.RunAsync(string.Join('\n', unfixed), "lighter", "sign");
        Assert.Equal(0, signed.ExitCode);
        var toVerify = signed.OutputLines.Select((line, i) =>
        {
            var answer = JsonNode.Parse(line)!;
            Assert.NotEqual((string?)vectors[i]["signature"], (string?)answer["signature"]);
            return VerifyLine((string)vectors[i]["public_key"]!, (string)answer["tx_hash"]!, (string)answer["signature"]!);
        });
        var verified = await CliProcess.RunAsync(string.Join('\n', toVerify), "lighter", "verify");
        Assert.All(verified.OutputLines, line => Assert.Equal("""{"valid":true}""", line));
        Assert.Equal(5, verified.OutputLines.Length);
    }

    [Fact]
    public async Task A_fixed_nonce_is_refused_unless_asked_for()
    {
        var result = await CliProcess.RunAsync(SignLine(Vectors[0]!.AsObject()), "lighter", "sign");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--insecure-fixed-nonce", result.ErrorLine, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Signatures_in_the_input_are_ignored()
    {
        var line = JsonNode.Parse(SignLine(Vectors[0]!.AsObject()))!.AsObject();
        line["tx_info"]!["Sig"] = "garbage";
        line["tx_info"]!["L1Sig"] = "0xgarbage";
        var result = await CliProcess.RunAsync(line.ToJsonString(), "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Equal((string?)Vectors[0]!["signature"], (string?)JsonNode.Parse(Assert.Single(result.OutputLines))!["signature"]);
    }

    [Theory]
    [InlineData("{", "Line 2: not JSON")]
    [InlineData("[]", "Line 2: not a JSON object")]
    [InlineData("""{"chain_id":300}""", "Line 2: 'tx_type'")]
    [InlineData("""{"chain_id":300,"tx_type":99,"tx_info":{},"private_key":""}""", "Line 2:")]
    public async Task A_bad_line_is_named_and_the_lines_before_it_are_answered(string bad, string fragment)
    {
        var result = await CliProcess.RunAsync(SignLine(Vectors[0]!.AsObject()) + "\n" + bad, "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(fragment, result.ErrorLine, StringComparison.Ordinal);
        Assert.Single(result.OutputLines);
    }

    [Fact]
    public async Task A_transaction_outside_the_venues_limits_is_refused_with_the_member()
    {
        var vector = Vectors.First(candidate => (int)candidate!["tx_type"]! == 15)!.AsObject();
        var line = JsonNode.Parse(SignLine(vector))!.AsObject();
        line["tx_info"]!["Index"] = 0;
        var result = await CliProcess.RunAsync(line.ToJsonString(), "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Index", result.ErrorLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_tells_true_from_false()
    {
        var vectors = Load("schnorr.json")["vectors"]!.AsArray().Select(vector => vector!.AsObject()).ToList();
        var lines = vectors.SelectMany(vector => new[]
        {
            VerifyLine((string)vector["public_key"]!, (string)vector["hash"]!, (string)vector["signature"]!),
            VerifyLine((string)vector["public_key"]!, (string)vector["not_for_hash"]!, (string)vector["signature"]!),
            VerifyLine((string)vector["public_key"]!, (string)vector["hash"]!, (string)vector["broken_signature"]!),
            VerifyLine((string)vector["public_key"]!, (string)vector["hash"]!, "00"),
        });
        var result = await CliProcess.RunAsync(string.Join('\n', lines), "lighter", "verify");
        Assert.Equal(0, result.ExitCode);
        var answers = result.OutputLines.Select(line => (bool)JsonNode.Parse(line)!["valid"]!).ToList();
        Assert.Equal(Enumerable.Repeat(new[] { true, false, false, false }, vectors.Count).SelectMany(pattern => pattern), answers);
    }

    [Fact]
    public async Task Keygen_makes_a_pair_that_pubkey_agrees_with()
    {
        var made = JsonNode.Parse(Assert.Single((await CliProcess.RunAsync("", "lighter", "keygen")).OutputLines))!;
        var again = JsonNode.Parse(Assert.Single((await CliProcess.RunAsync("", "lighter", "keygen")).OutputLines))!;
        Assert.NotEqual((string?)made["private_key"], (string?)again["private_key"]);
        var publicKey = await CliProcess.RunAsync((string)made["private_key"]! + "\n", "lighter", "pubkey");
        Assert.Equal((string?)made["public_key"], Assert.Single(publicKey.OutputLines));
    }

    [Fact]
    public async Task A_private_key_comes_from_input_file_or_environment()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Key);
            var results = new[]
            {
                await CliProcess.RunAsync(Key, "lighter", "pubkey"),
                await CliProcess.RunAsync("", "lighter", "pubkey", "--key-file", file),
                await CliProcess.RunAsync("", new Dictionary<string, string> { ["MY_KEY"] = "0x" + Key }, "lighter", "pubkey", "--key-env", "MY_KEY"),
                await CliProcess.RunAsync("", new Dictionary<string, string> { ["LIGHTER_API_SECRET"] = Key }, "lighter", "pubkey"),
            };
            Assert.Equal(80, Assert.Single(results.Select(result => Assert.Single(result.OutputLines)).Distinct()).Length);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb")]
    [InlineData("0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb8b16dc4fa9d7c2e1d3a8b1f0e8d3a4c5b6e7f0zz")]
    [InlineData("0b8e0f63c24d8baacd9d29ad4e9a4b73c4a8d2bb8b16dc4fa9d7c2e1d3a8b1f0e8d3a4c5b6e7f00")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public async Task A_bad_private_key_is_one_clear_line_that_does_not_repeat_it(string key)
    {
        var result = await CliProcess.RunAsync(key, "lighter", "pubkey");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("private key", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain(key[..8], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auth_token_names_its_deadline_account_and_key_and_is_signed()
    {
        var result = await CliProcess.RunAsync(Key, "lighter", "auth-token", "--deadline", "1790000000", "--account-index", "12345", "--api-key-index", "5");
        var parts = Assert.Single(result.OutputLines).Split(':');
        Assert.Equal(["1790000000", "12345", "5"], parts[..3]);
        Assert.Equal(160, parts[3].Length);
    }

    [Fact]
    public async Task A_key_given_as_an_argument_is_not_repeated()
    {
        var result = await CliProcess.RunAsync("", "lighter", "pubkey", Key);
        Assert.Equal(2, result.ExitCode);
        Assert.DoesNotContain(Key[..8], result.Error + result.Output, StringComparison.Ordinal);
        Assert.Contains("Keys never go on the command line", result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"chain_id\":300", "\"chain_id\":300,\"chain_id\":304")]
    [InlineData("\"chain_id\":300", "\"chain_id\":-1")]
    [InlineData("\"chain_id\":300", "\"chain_id\":99999999999")]
    [InlineData("\"Nonce\":", "\"Nonce\":1,\"Nonce\":")]
    [InlineData("\"Nonce\":", "\"Nonse\":1,\"Nonce\":")]
    [InlineData("\"private_key\":\"", "\"private_key\":\"\\ud800")]
    public async Task Odd_input_is_one_clear_line_with_its_number(string good, string bad)
    {
        var vector = Vectors.First(candidate => (int)candidate!["chain_id"]! == 300)!.AsObject();
        var line = SignLine(vector).Replace(good, bad, StringComparison.Ordinal);
        var result = await CliProcess.RunAsync(line, "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Line 1:", result.ErrorLine, StringComparison.Ordinal);
        Assert.DoesNotContain("Unexpected", result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    [Fact]
    public async Task Byte_order_marks_and_carriage_returns_do_no_harm()
    {
        var signed = await CliProcess.RunAsync("\uFEFF" + SignLine(Vectors[0]!.AsObject()) + "\r\n\r\n", "lighter", "sign", "--insecure-fixed-nonce");
        Assert.Single(signed.OutputLines);
        var key = await CliProcess.RunAsync("\uFEFF" + Key + "\r\n", "lighter", "pubkey");
        Assert.Equal(80, Assert.Single(key.OutputLines).Length);
    }

    [Theory]
    [InlineData]
    [InlineData("lighter")]
    [InlineData("nonsense")]
    [InlineData("demo", "--orders", "0")]
    [InlineData("demo", "--orders", "many")]
    [InlineData("demo", "--frobnicate")]
    [InlineData("venue", "lighter", "--port", "70000")]
    [InlineData("venue", "lighter", "--market", "DOGECOIN")]
    [InlineData("lighter", "auth-token", "--deadline", "1790000000", "--account-index", "-1", "--api-key-index", "5")]
    [InlineData("lighter", "auth-token", "--deadline", "1790000000", "--account-index", "1", "--api-key-index", "255")]
    [InlineData("lighter", "auth-token")]
    [InlineData("lighter", "pubkey")]
    [InlineData("lighter", "pubkey", Key)]
    public async Task Wrong_usage_is_one_clear_line_and_exit_code_two(params string[] arguments)
    {
        var result = await CliProcess.RunAsync("", arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("execution-adapters: ", result.ErrorLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "demo")]
    [InlineData("--version", "lighter-go 17f2d60")]
    public async Task Help_and_version_are_fine(string option, string expected)
    {
        var result = await CliProcess.RunAsync("", option);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(expected, result.Output, StringComparison.Ordinal);
    }

    private static JsonNode Load(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "test_data", "lighter", "vectors", file)))!;

    private static string SignLine(JsonObject vector) => new JsonObject
    {
        ["chain_id"] = vector["chain_id"]!.DeepClone(),
        ["tx_type"] = vector["tx_type"]!.DeepClone(),
        ["tx_info"] = vector["tx_info"]!.DeepClone(),
        ["private_key"] = vector["private_key"]!.DeepClone(),
        ["k"] = vector["k"]!.DeepClone(),
    }.ToJsonString();

    private static string VerifyLine(string publicKey, string hash, string signature) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { ["public_key"] = publicKey, ["hash"] = hash, ["signature"] = signature });

    private static void AssertSameMembers(JsonObject given, JsonObject written)
    {
        foreach (var (name, value) in given)
        {
            Assert.True(JsonNode.DeepEquals(value, written[name]), $"{name}: {value?.ToJsonString()} became {written[name]?.ToJsonString()}");
        }

        Assert.Equal(108, ((string)written["Sig"]!).Length);
    }
}
