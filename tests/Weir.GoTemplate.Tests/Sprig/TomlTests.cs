namespace Weir.GoTemplate.Tests.Sprig;

public sealed class TomlTests
{
    [Fact]
    public void Writes_plain_keys_before_tables() => Assert.Equal(
        "a = 1\nb = \"x\\ny\"\nf = 2.0\nl = [1, \"z\"]\n\n[t]\n  k = true\n  [t.u]\n    \"q r\" = 1.5\n\n[[w]]\n  n = 1\n\n[[w]]\n  n = 2\n",
        Rendered.Text("{{ toToml (dict \"t\" (dict \"k\" true \"u\" (dict \"q r\" 1.5)) \"l\" (list 1 \"z\") \"b\" \"x\\ny\" \"a\" 1 \"f\" 2.0 \"nil\" nil \"w\" (list (dict \"n\" 1) (dict \"n\" 2))) }}"));

    [Theory]
    [InlineData("{{ toToml (dict \"l\" (list 1 (dict \"a\" (list (dict \"b\" 1))))) }}", "l = [1, {a = [{b = 1}]}]\n")]
    [InlineData("{{ toToml (dict \"l\" (list 1 nil)) }}", "toml: cannot encode array with nil element")]
    public void Writes_inline_where_it_must(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Fact]
    public void Reads_all_kinds_of_values()
    {
        var toml = """
            # comment
            a.b = 1_000
            hex = 0xFF
            f = -1.5e3
            s = "t\u00e9\n"
            raw = 'C:\x'
            multi = '''
            one
            two'''
            esc = '''x'''
            d = 1979-05-27T07:32:00Z
            inline = { x = 1, y = [true, false] }
            [t]
            k = "v"
            [t.u]
            z = 1
            [[arr]]
            n = 1
            [[arr]]
            n = 2
            """;
        Assert.Equal(
            """{"a":{"b":1000},"arr":[{"n":1},{"n":2}],"d":"1979-05-27T07:32:00Z","esc":"x","f":-1500,"hex":255,"inline":{"x":1,"y":[true,false]},"multi":"one\ntwo","raw":"C:\\x","s":"té\n","t":{"k":"v","u":{"z":1}}}""",
            Rendered.Text("{{ fromToml . | toJson }}", toml));
    }

    [Theory]
    [InlineData("a = ", "toml: line 1 (last key \"a\"): unexpected EOF; expected value")]
    [InlineData("a = 1\na = 2", "toml: line 2 (last key \"a\"): Key 'a' has already been defined.")]
    [InlineData("[t]\nb = 01", "toml: line 2 (last key \"t.b\"): Invalid integer \"01\": cannot have leading zeroes")]
    [InlineData("a b", "toml: line 1: expected '.' or '=', but got 'b' instead")]
    [InlineData("a = 1 b", "toml: line 1: expected a top-level item to end with a newline, comment, or EOF, but got 'b' instead")]
    [InlineData("a = \"x\ny\"", "toml: line 1 (last key \"a\"): strings cannot contain newlines")]
    [InlineData("a = yes", "toml: line 1 (last key \"a\"): expected value but found \"yes\" instead")]
    public void Says_what_is_wrong(string toml, string message) => Assert.Equal(message, Rendered.Text("{{ (fromToml .).Error }}", toml));
}
