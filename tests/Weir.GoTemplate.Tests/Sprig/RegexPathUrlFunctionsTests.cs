namespace Weir.GoTemplate.Tests.Sprig;

public sealed class RegexPathUrlFunctionsTests
{
    [Theory]
    [InlineData("{{ regexMatch \"^a+$\" \"aaa\" }} {{ regexMatch \"(\" \"x\" }}", "true false")]
    [InlineData("{{ regexFindAll \"[2,4]\" \"1234\" -1 }} {{ regexFindAll \"x\" \"abc\" -1 | toJson }}", "[2 4] null")]
    [InlineData("{{ regexReplaceAll \"a(x*)b\" \"-ab-axxb-\" \"${1}W\" }} {{ regexReplaceAllLiteral \"a\" \"aba\" \"$1\" }}", "-W-xxW- $1b$1")]
    [InlineData("{{ regexSplit \"z+\" \"pizza\" -1 }} {{ regexFind \"[a-z]+\" \"12ab\" }} {{ regexQuoteMeta \"a.b\" }}", "[pi a] ab a\\.b")]
    [InlineData("{{ base \"/a/b/\" }} {{ dir \"a/b/../c\" }} {{ clean \"../a/./b//\" }} {{ ext \"x.tar.gz\" }} {{ isAbs \"/a\" }}", "b a ../a/b .gz true")]
    [InlineData("{{ base \"\" }} {{ dir \"\" }} {{ clean \"/..\" }} {{ osBase \"a\\\\b\" }}", ". . / a\\b")]
    [InlineData("{{ $u := urlParse \"https://me:pw@h.io:8080/a%20b?q=1#f\" }}{{ $u.scheme }} {{ $u.host }} {{ $u.hostname }} {{ $u.path }} {{ $u.query }} {{ $u.fragment }} {{ $u.userinfo }}", "https h.io:8080 h.io /a b q=1 f me:pw")]
    [InlineData("{{ urlJoin (dict \"scheme\" \"http\" \"host\" \"h:1\" \"path\" \"/a b\" \"query\" \"q\" \"userinfo\" \"u:p\") }}", "http://u:p@h:1/a%20b?q")]
    [InlineData("{{ (urlParse \"mailto:a@b\").opaque }}|{{ getHostByName \"x\" }}|", "a@b||")]
    [InlineData("{{ typeOf (list) }} {{ kindOf 1.5 }} {{ kindIs \"map\" (dict) }} {{ typeIs \"string\" \"\" }} {{ kindOf nil }} {{ typeOf nil }}", "[]interface {} float64 true true invalid <nil>")]
    [InlineData("{{ deepEqual (list 1) (list 1) }} {{ deepEqual 1 1.0 }} {{ deepEqual (list \"a\") (splitList \",\" \"a\") }}", "true false false")]
    [InlineData("{{ default 1 0 }} {{ default 1 \"\" }} {{ default 1 false }} {{ default 1 2 }} {{ default \"x\" }}", "1 1 1 2 x")]
    [InlineData("{{ empty (dict) }} {{ coalesce 0 \"\" 3 }} {{ all 1 0 }} {{ any 0 1 }} {{ ternary 1 2 false }}", "true 3 false true 2")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("{{ regexFind \"(\" \"x\" }}", "error calling regexFind: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`")]
    [InlineData("{{ mustRegexFind \"(\" \"x\" }}", "error calling mustRegexFind: error parsing regexp: missing closing ): `(`")]
    [InlineData("{{ urlParse \"http://h:x/\" }}", "error calling urlParse: unable to parse url: parse \"http://h:x/\": invalid port \":x\" after host")]
    [InlineData("{{ urlParse \":x\" }}", "unable to parse url: parse \":x\": missing protocol scheme")]
    [InlineData("{{ urlJoin (dict \"host\" 1) }}", "unable to parse host key, must be of type string, but int found")]
    [InlineData("{{ ternary 1 2 \"x\" }}", "expected bool; found \"x\"")]
    [InlineData("{{ fail \"no\" }}", "error calling fail: no")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);
}
