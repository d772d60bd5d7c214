namespace Weir.Helm.Tests.Rendering;

public sealed class FilesTests
{
    [Theory]
    [InlineData("%v", "[104 105 10]")]
    [InlineData("%d", "[104 105 10]")]
    [InlineData("%s", "hi")]
    [InlineData("%x", "68690a")]
    [InlineData("%q", "\"hi\\n\"")]
    [InlineData("%4d", "[ 104  105   10]")]
    [InlineData("%#v", "[]byte{0x68, 0x69, 0xa}")]
    public void Bytes_of_a_file_print_as_Go_prints_a_slice_of_bytes(string verb, string expected) =>
        Assert.Equal(expected, Notes($$$"""{{ .Files.GetBytes "a.txt" | printf "{{{verb}}}" }}"""));

    [Fact]
    public void All_files_print_as_a_map_of_bytes() =>
        Assert.Equal("map[a.txt:[104 105 10]]", Notes("{{ .Files }}"));

    [Fact]
    public void Bytes_can_be_walked_and_measured() =>
        Assert.Equal("3 104 105 10", Notes("""{{ len (.Files.GetBytes "a.txt") }}{{ range .Files.GetBytes "a.txt" }} {{ . }}{{ end }}"""));

    private static string Notes(string template)
    {
        var rendering = TestCharts.Render(TestCharts.Load(("a.txt", "hi\n"), ("templates/NOTES.txt", template)));
        Assert.Null(rendering.Error);
        return rendering.Notes.Trim();
    }
}
