namespace Weir.GoTemplate.Tests.Sprig;

public sealed class DictFunctionsTests
{
    [Theory]
    [InlineData("{{ dict \"a\" 1 \"b\" }} {{ dict 1 2 }}", "map[a:1 b:] map[1:2]")]
    [InlineData("{{ get (dict \"a\" 1) \"a\" }}{{ get (dict) \"x\" }} {{ hasKey (dict \"a\" nil) \"a\" }}", "1 true")]
    [InlineData("{{ $d := dict }}{{ $e := set $d \"x\" 1 }}{{ $_ := unset $e \"y\" }}{{ $d }}", "map[x:1]")]
    [InlineData("{{ keys (dict \"b\" 1 \"a\" 2) (dict \"c\" 3) }} {{ values (dict \"b\" 1 \"a\" 2) }}", "[a b c] [2 1]")]
    [InlineData("{{ pick (dict \"a\" 1 \"b\" 2) \"b\" \"x\" }} {{ omit (dict \"a\" 1 \"b\" 2) \"b\" }} {{ pluck \"a\" (dict \"a\" 1) (dict) }}", "map[b:2] map[a:1] [1]")]
    [InlineData("{{ dig \"a\" \"b\" \"no\" (dict \"a\" (dict \"b\" 1)) }} {{ dig \"a\" \"x\" \"no\" (dict \"a\" (dict)) }}", "1 no")]
    [InlineData("{{ merge (dict \"a\" false \"b\" \"\" \"c\" 1) (dict \"a\" true \"b\" \"x\" \"c\" 2 \"d\" 3) }}", "map[a:true b:x c:1 d:3]")]
    [InlineData("{{ merge (dict \"m\" (dict \"x\" 1) \"l\" (list 1)) (dict \"m\" (dict \"x\" 2 \"y\" 3) \"l\" (list 2 3)) }}", "map[l:[1] m:map[x:1 y:3]]")]
    [InlineData("{{ mergeOverwrite (dict \"m\" (dict \"x\" 1 \"z\" 0) \"l\" (list 1)) (dict \"m\" (dict \"x\" false) \"l\" list \"n\" nil) }}", "map[l:[] m:map[x:false z:0] n:<nil>]")]
    [InlineData("{{ mergeOverwrite (dict \"m\" (dict \"x\" 1)) (dict \"m\" \"s\") }} {{ mergeOverwrite (dict \"m\" \"s\") (dict \"m\" (dict \"x\" 1)) }}", "map[m:s] map[m:map[x:1]]")]
    [InlineData("{{ merge (dict \"m\" \"s\" \"n\" nil) (dict \"m\" (dict \"x\" 1) \"n\" (dict \"y\" 1)) }}", "map[m:s n:map[y:1]]")]
    [InlineData("{{ $a := dict \"m\" (dict \"x\" 1) }}{{ $b := deepCopy $a }}{{ $_ := set $b.m \"x\" 2 }}{{ $a.m.x }}", "1")]
    [InlineData("{{ $s := dict \"m\" (dict \"x\" 1) }}{{ $d := merge (dict) $s }}{{ $_ := set $d.m \"x\" 2 }}{{ $s.m.x }}", "2")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("{{ dig \"a\" \"b\" 1 (dict \"a\" \"s\") }}", "error calling dig: interface conversion: interface {} is string, not map[string]interface {}")]
    [InlineData("{{ dig \"a\" 1 }}", "error calling dig: dig needs at least three arguments")]
    [InlineData("{{ $d := dict }}{{ range until 5000 }}{{ $d = dict \"d\" $d }}{{ end }}{{ deepCopy $d }}", "nested too deeply")]
    [InlineData("{{ $l := list 1 }}{{ range until 60 }}{{ $l = list $l $l }}{{ end }}{{ mustToJson $l }}", "too many parts")]
    [InlineData("{{ get (list) \"y\" }}", "wrong type for value; expected map[string]interface {}; got []interface {}")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);
}
