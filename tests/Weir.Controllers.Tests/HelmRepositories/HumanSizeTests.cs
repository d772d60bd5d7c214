namespace Weir.Controllers.Tests.HelmRepositories;

public sealed class HumanSizeTests
{
    [Theory]
    [InlineData(449, "449B")]
    [InlineData(1000, "1kB")]
    [InlineData(12345, "12.35kB")]
    [InlineData(52428800, "52.43MB")]
    public void Sizes_are_written_as_Docker_writes_them(long size, string text) => Assert.Equal(text, HumanSize.Write(size));
}
