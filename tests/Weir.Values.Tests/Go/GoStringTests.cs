using Weir.Values;

namespace Weir.Values.Tests.Go;

public sealed class GoStringTests
{
    [Fact]
    public void Bytes_that_are_no_UTF8_come_back_as_they_were()
    {
        byte[] bytes = [0x80, 0x61, 0xFF, 0xC3, 0xA9, 0xE2, 0x80, 0xF0, 0x9F, 0x98, 0x80, 0xED, 0xA0, 0x80];

        var text = GoString.FromBytes(bytes);

        Assert.Equal(bytes, GoString.ToBytes(text));
        Assert.Equal(bytes.Length, GoString.ByteLength(text));
        Assert.False(GoString.IsValidUtf8(text));
    }

    [Fact]
    public void Lengths_and_slices_count_bytes()
    {
        Assert.Equal(6, GoString.ByteLength("aé✓"));
        Assert.Equal("é", GoString.Slice("aé✓", 1, 3));
        Assert.Equal([0xC3], GoString.ToBytes(GoString.Slice("aé✓", 1, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => GoString.Slice("abc", 2, 1));
    }

    [Fact]
    public void Order_is_that_of_code_points()
    {
        Assert.True(GoString.Compare("\uFFFD", "😀") < 0);
        Assert.True(GoString.Compare("a", "b") < 0);
        Assert.True(GoString.Compare("ab", "a") > 0);
        Assert.Equal(0, GoString.Compare("é", "é"));
    }

    [Fact]
    public void Replaces_each_bad_byte_when_it_must_be_text() =>
        Assert.Equal("a\uFFFD\uFFFDb", GoString.ToValidUtf8(GoString.FromBytes([0x61, 0xFF, 0xFE, 0x62])));
}
