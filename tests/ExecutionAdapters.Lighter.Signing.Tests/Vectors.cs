using System.Text.Json;
using ExecutionAdapters.Lighter.Signing.Curve;
using ExecutionAdapters.Lighter.Signing.Fields;

namespace ExecutionAdapters.Lighter.Signing.Tests;

/// <summary>
/// The vector files beside the test binaries; LIGHTER_VECTORS names another folder with files of the same form.
/// </summary>
internal static class Vectors
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("LIGHTER_VECTORS")
        ?? Path.Combine(AppContext.BaseDirectory, "test_data", "lighter", "vectors");

    public static JsonElement Load(string name) => JsonElement.Parse(File.ReadAllBytes(Path.Combine(Folder, name)));

    public static IEnumerable<JsonElement> Items(string name, string member = "vectors")
    {
        JsonElement items = Load(name).GetProperty(member);
        Assert.NotEqual(0, items.GetArrayLength());
        return items.EnumerateArray();
    }

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static byte[] Bytes(this JsonElement element, string member) => Convert.FromHexString(element.Text(member));

    public static ulong Number(this JsonElement element, string member) => ulong.Parse(element.Text(member));

    public static ulong[] Limbs(this JsonElement element, string member)
    {
        byte[] bytes = element.Bytes(member);
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToUInt64(bytes, 8 * i))];
    }

    public static GFp5 Quintic(this JsonElement element, string member)
    {
        Assert.True(GFp5.TryRead(element.Bytes(member), out GFp5 value));
        return value;
    }

    public static Scalar ReadScalar(this JsonElement element, string member)
    {
        Assert.True(Scalar.TryRead(element.Bytes(member), out Scalar value));
        return value;
    }

    public static TransactionHash Hash(this JsonElement element, string member)
    {
        Assert.True(TransactionHash.TryParse(element.Text(member), out TransactionHash hash));
        return hash;
    }

    public static string Hex(this GFp5 value)
    {
        byte[] bytes = new byte[GFp5.Size];
        value.Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static string Hex(this Scalar value)
    {
        byte[] bytes = new byte[Scalar.Size];
        value.Write(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static string Hex(this ReadOnlySpan<ulong> limbs) =>
        string.Concat(limbs.ToArray().Select(limb => Convert.ToHexStringLower(BitConverter.GetBytes(limb))));
}
