namespace Weir.Flux.Tests;

/// <summary>Spans of time in Go's notation.</summary>
public sealed class FluxDurationTests
{
    [Theory]
    [InlineData("1h30m", 5400, "1h30m0s")]
    [InlineData("90s", 90, "1m30s")]
    [InlineData("1h", 3600, "1h0m0s")]
    [InlineData("1.5h", 5400, "1h30m0s")]
    [InlineData("-2m", -120, "-2m0s")]
    [InlineData("0", 0, "0s")]
    public void Is_read_and_written_as_Go_does(string text, int seconds, string written)
    {
        Assert.True(FluxDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration.Value);
        Assert.Equal(written, duration.ToString());
    }

    [Theory]
    [InlineData("500ms", "500ms")]
    [InlineData("1500ms", "1.5s")]
    [InlineData("250us", "250µs")]
    [InlineData("1m0.5s", "1m0.5s")]
    public void Parts_of_a_second_keep_their_unit(string text, string written)
    {
        Assert.True(FluxDuration.TryParse(text, out var duration));
        Assert.Equal(written, duration.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("5 m")]
    [InlineData("1d")]
    [InlineData("m")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999999999999h")]
    public void Other_texts_are_refused(string text) => Assert.False(FluxDuration.TryParse(text, out _));
}
