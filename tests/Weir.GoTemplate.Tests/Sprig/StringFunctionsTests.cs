namespace Weir.GoTemplate.Tests.Sprig;

public sealed class StringFunctionsTests
{
    [Theory]
    [InlineData("{{ trunc 5 \"héllo\" }}", "héll")]
    [InlineData("{{ substr 1 3 \"hello\" }}{{ substr -1 2 \"hello\" }}{{ substr 2 99 \"hello\" }}", "elhello")]
    [InlineData("{{ title \"hello wörld's end\" }}", "Hello Wörld'S End")]
    [InlineData("{{ upper \"straße\" }} {{ lower \"ÀB\" }}", "STRAßE àb")]
    [InlineData("{{ untitle \"Hello World\" }} {{ swapcase \"This Is A.Test\" }}", "hello world tHIS iS a.tEST")]
    [InlineData("{{ repeat 3 \"ab\" }}|{{ repeat 0 \"x\" }}|", "ababab||")]
    [InlineData("{{ trimAll \"$é\" \"$é5.00é$\" }} {{ trimPrefix \"-\" \"-a-\" }} {{ trimSuffix \"-\" \"-a-\" }}", "5.00 a- -a")]
    [InlineData("{{ nospace \" a b\\tc \" }} {{ initials \"First  try\" }}", "abc Ft")]
    [InlineData("{{ quote 1 nil \"a\\nb\" true }} {{ squote \"it's\" nil 2.5 }}", "\"1\" \"a\\nb\" \"true\" 'it's' '2.5'")]
    [InlineData("{{ cat \"a\" nil 1 \"\" }}|", "a 1 |")]
    [InlineData("{{ indent 2 \"a\\n\\nb\\n\" }}|{{ nindent 1 \"x\" }}", "  a\n  \n  b\n  |\n x")]
    [InlineData("{{ replace \"\" \"-\" \"aé\" }}", "-a-é-")]
    [InlineData("{{ \"a,b,,c\" | splitList \",\" | join \"|\" }} {{ splitList \"\" \"añ\" }}", "a|b||c [a ñ]")]
    [InlineData("{{ $p := \"a$b$c\" | splitn \"$\" 2 }}{{ $p._0 }} {{ $p._1 }}", "a b$c")]
    [InlineData("{{ list \"b\" 10 \"a\" nil | sortAlpha }} {{ sortAlpha 3 }}", "[10 a b] [3]")]
    [InlineData("{{ list 1 nil \"x\" | toStrings }} {{ toString 1.5 }} {{ toString nil }}", "[1 x] 1.5 <nil>")]
    [InlineData("{{ snakecase \"HTTPServer2xx\" }} {{ snakecase \"Bld4Floor3rd\" }} {{ kebabcase \"XMLHttpRequest v2\" }}", "http_server_2xx bld4_floor_3rd xml-http-request-v2")]
    [InlineData("{{ camelcase \"http_server\" }} {{ camelcase \"_complex__case_\" }} {{ camelcase \"GOLANG_IS_GREAT\" }} {{ camelcase \"x\" }}", "HttpServer _Complex_Case_ GolangIsGreat X")]
    [InlineData("{{ wrap 10 \"the quick brown extraordinarily fox\" }}", "the quick\nbrown\nextraordinarily\nfox")]
    [InlineData("{{ wrapWith 5 \"/\" \"HelloWorld foo\" }}", "Hello/World/foo")]
    [InlineData("{{ abbrev 3 \"hello\" }} {{ abbrev 9 \"hello world\" }}", "hello hello ...")]
    [InlineData("{{ plural \"one\" \"many\" 1 }} {{ plural \"one\" \"many\" 0 }} {{ hello }}", "one many Hello!")]
    public void Print_what_sprig_prints(string template, string expected) => Assert.Equal(expected, Rendered.Text(template));

    [Theory]
    [InlineData("{{ repeat -1 \"x\" }}", "error calling repeat: strings: negative Repeat count")]
    [InlineData("{{ repeat 1000000000 \"xx\" }}", "error calling repeat: strings: Repeat output length overflow")]
    [InlineData("{{ substr 3 1 \"hello\" }}", "error calling substr: runtime error: slice bounds out of range [3:1]")]
    [InlineData("{{ substr -1 9 \"hello\" }}", "error calling substr: runtime error: slice bounds out of range [:9] with length 5")]
    [InlineData("{{ indent 2 3 }}", "expected string; found 3")]
    public void Fail_as_Go_does(string template, string message) => Assert.Contains(message, Rendered.Error(template), StringComparison.Ordinal);

    [Fact]
    public void A_string_list_is_sorted_in_place() =>
        Assert.Equal("[a b]", Rendered.Text("{{ $l := splitList \",\" \"b,a\" }}{{ $_ := sortAlpha $l }}{{ $l }}"));
}
