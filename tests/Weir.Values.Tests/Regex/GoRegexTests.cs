using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Values.Tests.Regex;

public sealed class GoRegexTests
{
    [Theory]
    [InlineData(@"a+?", "aaa", "a")]
    [InlineData(@"(?U)a+", "aaa", "a")]
    [InlineData(@"a|ab", "ab", "a")]
    [InlineData(@"(?:a|ab)(?:c|bcd)", "abcd", "abcd")]
    [InlineData(@"(?i)straße", "STRAßE", "STRAßE")]
    [InlineData(@"(?i)k", "\u212A", "\u212A")]
    [InlineData(@"\pL+", "12héllo3", "héllo")]
    [InlineData(@"\p{Greek}+", "abc αβγ", "αβγ")]
    [InlineData(@"[^\d\s]+", "12 ab", "ab")]
    [InlineData(@"[[:upper:][:digit:]]+", "abC1d", "C1")]
    [InlineData(@"(?m)^b$", "a\nb\nc", "b")]
    [InlineData(@"(?s)a.b", "a\nb", "a\nb")]
    [InlineData(@"\Qa.b\E+", "a.bbb", "a.bbb")]
    [InlineData(@"\x{1F600}", "x😀", "😀")]
    [InlineData(@"a{2,3}", "aaaa", "aaa")]
    [InlineData(@"a{,2}", "a{,2}", "a{,2}")]
    [InlineData(@"\bfoo\b", "a foo.", "foo")]
    [InlineData(@"(?:(?:a*)*|b)c", "aac", "aac")]
    [InlineData(@"x*", "aaa", "")]
    [InlineData(@"[a-]+", "b-a", "-a")]
    [InlineData(@"[]a]+", "]a", "]a")]
    [InlineData(@"\101\x41", "AA", "AA")]
    [InlineData(@"(|a)*", "aa", "")]
    [InlineData(@"(|a)+", "aa", "")]
    [InlineData(@"^$", "", "")]
    [InlineData(@"[^a]", "é", "é")]
    public void Finds_the_leftmost_and_preferred(string pattern, string text, string expected)
    {
        Assert.True(GoRegex.TryParse(pattern, out var regex, out var error), error);
        Assert.Equal(expected, regex.Find(text));
        Assert.True(regex.IsMatch(text));
    }

    [Theory]
    [InlineData(@"(abc", "missing closing ): `(abc`")]
    [InlineData(@"abc)", "unexpected ): `abc)`")]
    [InlineData(@"[a", "missing closing ]: `[a`")]
    [InlineData(@"a**", "invalid nested repetition operator: `**`")]
    [InlineData(@"*a", "missing argument to repetition operator: `*`")]
    [InlineData(@"a{1001}", "invalid repeat count: `{1001}`")]
    [InlineData(@"(?:a{100}){100}", "invalid repeat count: `{100}`")]
    [InlineData(@"a{2,1}", "invalid repeat count: `{2,1}`")]
    [InlineData(@"a\", "trailing backslash at end of expression: ``")]
    [InlineData(@"\8", "invalid escape sequence: `\\8`")]
    [InlineData(@"(a)\1", "invalid escape sequence: `\\1`")]
    [InlineData(@"(?=a)", "invalid or unsupported Perl syntax: `(?=`")]
    [InlineData(@"(?<!a)", "invalid named capture: `(?<!a)`")]
    [InlineData(@"(?<n", "invalid named capture: `(?<n`")]
    [InlineData(@"(?P<n!>a)", "invalid named capture: `(?P<n!>`")]
    [InlineData(@"[z-a]", "invalid character class range: `z-a`")]
    [InlineData(@"[[:word2:]]", "invalid character class range: `[:word2:]`")]
    [InlineData(@"\p{Nope}", "invalid character class range: `\\p{Nope}`")]
    [InlineData(@"\C", "invalid escape sequence: `\\C`")]
    [InlineData(@"(?i", "invalid or unsupported Perl syntax: `(?i`")]
    public void Says_what_is_no_expression(string pattern, string message)
    {
        Assert.False(GoRegex.TryParse(pattern, out _, out var error));
        Assert.Equal("error parsing regexp: " + message, error);
    }

    [Theory]
    [InlineData(@"a(x*)b", "-ab-axxb-", "${1}W", "-W-xxW-")]
    [InlineData(@"a(x*)b", "-ab-axxb-", "$1W", "---")]
    [InlineData(@"a(?P<x>x*)b", "-ab-axxb-", "<$x>$$", "-<>$-<xx>$-")]
    [InlineData(@"x*", "abc", "-", "-a-b-c-")]
    [InlineData(@"b*", "abc", "X", "XaXcX")]
    [InlineData(@"[a-c]*", "\u65e5", "X", "X\u65e5X")]
    [InlineData(@"a", "aaa", "$", "$$$")]
    [InlineData(@"a", "aaa", "${1", "${1${1${1")]
    [InlineData(@"(a)|(b)", "ab", "[$1|$2]", "[a|][|b]")]
    public void Replaces_every_match(string pattern, string text, string template, string expected)
    {
        Assert.True(GoRegex.TryParse(pattern, out var regex));
        Assert.Equal(expected, regex.ReplaceAll(text, template));
    }

    [Theory]
    [InlineData("a", "banana", -1, "b|n|n|")]
    [InlineData("a", "banana", 2, "b|nana")]
    [InlineData("z+", "pizza", 2, "pi|a")]
    [InlineData("", "abc", -1, "a|b|c")]
    [InlineData("a*", "baaac", -1, "b|c")]
    public void Splits_around_matches(string pattern, string text, int count, string expected)
    {
        Assert.True(GoRegex.TryParse(pattern, out var regex));
        Assert.Equal(expected, string.Join('|', regex.Split(text, count)));
    }

    [Fact]
    public void Invalid_bytes_match_as_the_replacement_character()
    {
        var text = GoString.FromBytes([0x61, 0xFF, 0x62]);
        Assert.True(GoRegex.TryParse("a.b", out var any));
        Assert.True(GoRegex.TryParse(@"a\x{FFFD}b", out var replacement));
        Assert.Equal(text, any.Find(text));
        Assert.Equal(text, replacement.Find(text));
    }

    [Fact]
    public void Quotes_what_means_something() =>
        Assert.Equal(@"a\.b\*\[x\]-", GoRegex.QuoteMeta("a.b*[x]-"));

    [Theory]
    [InlineData(@"(a+)+$")]
    [InlineData(@"(?:a|a)*b")]
    [InlineData(@"(a*)*(a*)*(a*)*b")]
    [InlineData(@"(?:a?){50}a{50}b")]
    public void Hostile_patterns_stay_linear(string pattern)
    {
        Assert.True(GoRegex.TryParse(pattern, out var regex));
        var clock = Stopwatch.StartNew();
        regex.IsMatch(new string('a', 50_000) + "!");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    [Fact]
    public void Deep_nesting_and_large_programs_are_refused()
    {
        Assert.False(GoRegex.TryParse(new string('(', 100_000) + new string(')', 100_000), out _, out var error));
        Assert.StartsWith("error parsing regexp: expression nests too deeply", error, StringComparison.Ordinal);
        Assert.False(GoRegex.TryParse(string.Concat(Enumerable.Repeat("(?:abcdefghij){1000}", 500)), out _, out error));
        Assert.StartsWith("error parsing regexp: expression too large", error, StringComparison.Ordinal);
    }

    /// <summary>.NET's engine prefers the same matches where the syntax is the same.</summary>
    [Fact]
    public void Agrees_with_dotnet_on_random_patterns()
    {
        var random = new Random(7);
        for (var i = 0; i < 4000; i++)
        {
            var pattern = RandomPattern(random, 3);
            var text = new string(Enumerable.Range(0, random.Next(12)).Select(_ => "abc\n"[random.Next(20) < 19 ? random.Next(3) : 3]).ToArray());
            var expected = new System.Text.RegularExpressions.Regex(pattern, RegexOptions.ECMAScript | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)).Match(text);
            Assert.True(GoRegex.TryParse(pattern, out var regex, out var error), $"{pattern}: {error}");
            var actual = regex.Match(text);
            Assert.True(expected.Success == (actual is not null), $"{pattern} on {text}");
            if (actual is not null)
            {
                Assert.True(expected.Index == actual[0] && expected.Length == actual[1] - actual[0], $"{pattern} on {text}: {actual[0]}-{actual[1]}, not {expected.Index}-{expected.Index + expected.Length}");
            }

            // Long texts go the other way through the engine.
            if (i % 40 == 0)
            {
                var near = regex.Match(text + new string('d', 100));
                var far = regex.Match(text + new string('d', 80_000));
                Assert.True(pattern.Contains('$', StringComparison.Ordinal) || (near ?? []).AsSpan().SequenceEqual(far ?? []), $"long: {pattern} on {text}");
            }
        }
    }

    private static string RandomPattern(Random random, int depth)
    {
        if (depth == 0)
        {
            return random.Next(8) switch { 0 => ".", 1 => "[ab]", 2 => "[^a]", 3 => "(?:^|c)", _ => "abc"[random.Next(3)].ToString() };
        }

        var text = new StringBuilder();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            switch (random.Next(5))
            {
                case 0:
                    text.Append("(?:").Append(RandomPattern(random, depth - 1)).Append('|').Append(RandomPattern(random, depth - 1)).Append(')');
                    break;
                case 1:
                    text.Append('(').Append(RandomPattern(random, depth - 1)).Append(')');
                    break;
                case 2:
                    // What is repeated must not match nothing: there .NET and Go stop loops differently.
                    text.Append("abc"[random.Next(3)]).Append(new[] { "*", "+", "?", "*?", "+?", "??", "{1,2}", "{2}" }[random.Next(8)]);
                    break;
                default:
                    text.Append(RandomPattern(random, depth - 1));
                    break;
            }
        }

        return text.ToString();
    }
}
