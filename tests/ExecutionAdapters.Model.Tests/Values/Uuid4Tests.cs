using System.Collections.Concurrent;

namespace ExecutionAdapters.Model.Tests.Values;

public class Uuid4Tests
{
    [Fact]
    public void Any_16_bytes_become_a_valid_id()
    {
        Assert.Equal("00000000-0000-4000-8000-000000000000", Uuid4.FromBytes(new byte[16]).ToString());
        var bytes = Enumerable.Repeat((byte)0xFF, 16).ToArray();
        Assert.Equal("ffffffff-ffff-4fff-bfff-ffffffffffff", Uuid4.FromBytes(bytes).ToString());
        Assert.Throws<ArgumentException>(() => Uuid4.FromBytes(new byte[15]));
    }

    [Fact]
    public void Bytes_are_in_the_order_of_the_text()
    {
        var id = Uuid4.FromBytes([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
        var copy = new byte[16];
        id.CopyTo(copy);

        Assert.Equal("01020304-0506-4708-890a-0b0c0d0e0f10", id.ToString());
        Assert.Equal(id, Uuid4.FromBytes(copy));
        Assert.Throws<ArgumentException>(() => id.CopyTo(new byte[8]));
    }

    [Fact]
    public void Parse_reads_what_is_printed_in_any_case()
    {
        var id = Uuid4.New();

        Assert.Equal(id, Uuid4.Parse(id.ToString()));
        Assert.Equal(id, Uuid4.Parse(id.ToString().ToUpperInvariant()));
        Assert.NotEqual(id, Uuid4.New());
    }

    [Fact]
    public void New_ids_are_all_different_and_legal_on_every_thread()
    {
        var ids = new ConcurrentBag<Uuid4>();
        Parallel.For(0, 1_000, _ => ids.Add(Uuid4.New()));

        Assert.Equal(1_000, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(id, Uuid4.Parse(id.ToString())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2d89666b-1a1e-4a75-b193-4eb3b454c75")]
    [InlineData("2d89666b-1a1e-1a75-b193-4eb3b454c757")]
    [InlineData("2d89666b-1a1e-4a75-c193-4eb3b454c757")]
    [InlineData("2d89666b1a1e4a75b1934eb3b454c757")]
    [InlineData("0x89666b-1a1e-4a75-b193-4eb3b454c757")]
    [InlineData("{2d89666b-1a1e-4a75-b193-4eb3b454c7}")]
    [InlineData("zd89666b-1a1e-4a75-b193-4eb3b454c757")]
    public void Other_versions_variants_and_forms_are_refused(string text)
    {
        Assert.False(Uuid4.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Uuid4.Parse(text));
    }

    [Fact]
    public void Default_prints_zeros() => Assert.Equal("00000000-0000-0000-0000-000000000000", default(Uuid4).ToString());
}
