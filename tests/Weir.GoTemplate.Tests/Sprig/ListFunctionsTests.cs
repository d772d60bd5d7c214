namespace Weir.GoTemplate.Tests.Sprig;

public sealed class ListFunctionsTests
{
    [Theory]
    [InlineData("{{ append (list 1) 2 }} {{ prepend (list 1) 0 }} {{ push (splitList \",\" \"a\") 1 }}", "[1 2] [0 1] [a 1]")]
    [InlineData("{{ first (list 1 2) }} {{ last (list 1 2) }} {{ rest (list 1 2 3) }} {{ initial (list 1 2 3) }}", "1 2 [2 3] [1 2]")]
    [InlineData("{{ rest list | toJson }} {{ rest (list 1) | toJson }} {{ concat list list | toJson }} {{ compact list | toJson }}", "null [] null []")]
    [InlineData("{{ reverse (list 1 2) }} {{ uniq (list 1 1.0 1 \"1\" (list 1) (list 1)) }}", "[2 1] [1 1 1 [1]]")]
    [InlineData("{{ without (list 1 2 3) 1 3 }} {{ has 2 (list 1 2) }} {{ has 2.0 (list 1 2) }} {{ has 1 nil }}", "[2] true false false")]
    [InlineData("{{ slice (list 1 2 3) 1 }} {{ slice (list 1 2 3) 1 2 }} {{ slice (list 1 2 3) }}", "[2 3] [2] [1 2 3]")]
    [InlineData("{{ typeOf (slice (splitList \",\" \"a,b\") 1) }} {{ typeOf (rest (splitList \",\" \"a,b\")) }}", "[]string []interface {}")]
    [InlineData("{{ chunk 2 (list 1 2 3) }} {{ concat (list 1) (splitList \",\" \"a,b\") }}", "[[1 2] [3]] [1 a b]")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("{{ first \"x\" }}", "error calling first: Cannot find first on type string")]
    [InlineData("{{ append 1 2 }}", "error calling append: Cannot push on type int")]
    [InlineData("{{ mustRest (dict) }}", "error calling mustRest: Cannot find rest on type map")]
    [InlineData("{{ slice \"abc\" 1 }}", "error calling slice: list should be type of slice or array but string")]
    [InlineData("{{ slice (list 1) 0 5 }}", "error calling slice: reflect.Value.Slice: slice index out of bounds")]
    [InlineData("{{ first nil }}", "error calling first: runtime error: invalid memory address or nil pointer dereference")]
    [InlineData("{{ concat (list) 1 }}", "error calling concat: Cannot concat type int as list")]
    [InlineData("{{ has 1 \"x\" }}", "error calling has: Cannot find has on type string")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);
}
