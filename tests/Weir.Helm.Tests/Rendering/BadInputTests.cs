using System.Diagnostics;
using System.Text;
using Weir.Values;

namespace Weir.Helm.Tests.Rendering;

/// <summary>What is made to last for ever or to fill the memory ends with a diagnostic, in bounded time and memory.</summary>
public sealed class BadInputTests
{
    private const long MaxBytes = 500L * 1024 * 1024;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("{{ define \"x\" }}{{ include \"x\" . }}{{ end }}{{ include \"x\" . }}")]
    [InlineData("{{ define \"x\" }}{{ template \"x\" . }}{{ end }}{{ template \"x\" . }}")]
    [InlineData("{{ range until 100000000 }}x{{ end }}")]
    [InlineData("{{ repeat 100000000 \"abcdefghij\" }}")]
    [InlineData("{{ regexMatch \"(a+)+$\" (print (repeat 100000 \"a\") \"b\") }}: [")]
    [InlineData("{{ regexReplaceAll \"(x{1000}){1000}\" \"x\" \"y\" }}")]
    [InlineData("{{ printf \"%2000000000d\" 1 }}: [")]
    public void A_template_that_would_not_end(string template) => Within(() => TestCharts.Error(template));

    [Fact]
    public void An_include_bomb() => Within(() => TestCharts.Error(
        string.Concat(Enumerable.Range(0, 40).Select(i => $"{{{{ define \"b{i}\" }}}}{{{{ include \"b{i + 1}\" . }}}}{{{{ include \"b{i + 1}\" . }}}}{{{{ end }}}}")) + "{{ define \"b40\" }}x{{ end }}{{ include \"b0\" . }}"), slack: 5);

    // Each of a thousand levels words the error anew, which is much to allocate and little to hold.
    [Fact]
    public void A_text_that_runs_itself() =>
        Within(() => TestCharts.Error("{{ define \"x\" }}{{ tpl \"{{ include `x` . }}\" . }}{{ end }}{{ include \"x\" . }}"), slack: 3);

    [Fact]
    public void Aliases_that_multiply()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 12; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var text = bomb.ToString();
        Within(() => Failing(ValuesReader.Read(text, "values.yaml").Diagnostics));
        Within(() => Failing(TestCharts.Read(("values.yaml", text)).Diagnostics));
        Within(() => TestCharts.Error(text));
    }

    [Fact]
    public void A_values_file_of_a_hundred_megabytes()
    {
        var text = string.Concat(Enumerable.Repeat("key: some value of text\n", 100 * 1024 * 1024 / 24));
        Within(() => Failing(ValuesReader.Read(text, "values.yaml").Diagnostics));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no archive at all")]
    [InlineData("PK\u0003\u0004")]
    [InlineData("\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000")]
    public void An_archive_of_the_wrong_kind(string content) =>
        Within(() => Failing(ChartLoader.LoadArchive(Encoding.Latin1.GetBytes(content), "app.tgz").Diagnostics));

    private static Diagnostic Failing(IReadOnlyList<Diagnostic> diagnostics) => diagnostics.First(d => d.Severity == Severity.Error);

    /// <summary>One of three runs must keep to the time, since other work may take the processor.</summary>
    private static void Within(Func<Diagnostic> run, int slack = 1)
    {
        for (var attempt = 1; ; attempt++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            var error = run();
            var elapsed = Stopwatch.GetElapsedTime(start);
            Assert.NotEmpty(error.Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - bytes, 0, MaxBytes * slack);
            if (elapsed <= MaxTime * slack || attempt == 3)
            {
                Assert.InRange(elapsed, TimeSpan.Zero, MaxTime * slack);
                return;
            }
        }
    }
}
