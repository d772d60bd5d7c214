using System.Text;
using Weir.Testing;

namespace Weir.Fleet.Tests;

/// <summary>The page as text, and as a real browser shows it.</summary>
public sealed class HtmlReportTests
{
    public static TheoryData<string> Hostile => [.. Reports.Hostile];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void No_text_of_a_repository_becomes_markup(string text)
    {
        var empty = Page(Reports.Of(""));
        var page = Page(Reports.Of(text));
        Assert.Equal(Count(empty, "<script"), Count(page, "<script"));
        Assert.Equal(Count(empty, "</title>"), Count(page, "</title>"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("'onmouseover", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\e', page);
        Assert.DoesNotContain('\0', page);
    }

    [Fact]
    public void Five_thousand_objects_make_a_page_of_a_bearable_size()
    {
        var bytes = Encoding.UTF8.GetByteCount(Page(Reports.Large(5_000)));
        TestContext.Current.TestOutputHelper!.WriteLine($"{bytes:N0} bytes");
        Assert.InRange(bytes, 1_000_000, 10_000_000);
    }

    [Fact]
    public void An_object_without_end_is_cut_and_says_how_much()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 30_000).Select(static i => $"line {i}"));
        var key = new Kubernetes.ObjectKey("", "ConfigMap", "default", "large");
        var change = new ObjectChange { Kind = ChangeKind.Created, Key = key, After = new() { ["data"] = new Values.MapValue { ["text"] = lines } } };
        var diff = new FleetDiff { From = "a", To = "b", Units = [new() { Id = new("one", "Kustomization", "flux-system", "apps"), Kind = ChangeKind.Changed, Objects = [change] }] };
        var page = Page(new(diff, []));
        Assert.True(page.Length < 100_000, $"{page.Length} characters");
        Assert.Matches(@"2\d,\d{3} more lines not shown here", page);
    }

    [Fact]
    public async Task A_browser_shows_hostile_text_as_text_and_asks_nobody_for_anything()
    {
        Assert.SkipWhen(Browser.Program is null, "no chromium on the PATH: the HTML report is not looked at in a browser");
        await using var browser = await Browser.StartAsync();
        foreach (var text in Reports.Hostile)
        {
            using var file = new PageFile(Page(Reports.Of(text)));
            await browser.OpenAsync(file.Address);
            Assert.Equal("undefined", (string?)await browser.EvaluateAsync("typeof window.hacked"));
            Assert.Equal(1, (int)(await browser.EvaluateAsync("document.scripts.length"))!);
            Assert.Equal(4, (int)(await browser.EvaluateAsync("document.querySelectorAll('.unit, .object').length"))!);
            Assert.True((bool)(await browser.EvaluateAsync("[...document.querySelectorAll('*')].every(e => [...e.attributes].every(a => !a.name.startsWith('on')))"))!);
            Assert.Equal(2, (int)(await browser.EvaluateAsync("document.querySelectorAll('body > main, body > header').length"))!);
        }

        Assert.All(browser.Requests, static r => Assert.StartsWith("file://", r, StringComparison.Ordinal));
        Assert.Equal(Reports.Hostile.Length, browser.Requests.Count);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_page_is_filtered_walked_and_opened_with_the_keyboard_alone()
    {
        Assert.SkipWhen(Browser.Program is null, "no chromium on the PATH: the HTML report is not looked at in a browser");
        await using var browser = await Browser.StartAsync();
        using var file = new PageFile(Page(Reports.Large(5_000)));
        await browser.OpenAsync(file.Address);
        Assert.Equal("5000 objects", (string?)await browser.EvaluateAsync("document.getElementById('count').value"));

        await browser.PressAsync("/");
        await browser.TypeAsync("cluster-3 app-7-12");
        Assert.Equal("1 of 5000 objects", (string?)await browser.EvaluateAsync("document.getElementById('count').value"));
        Assert.Equal(1, (int)(await browser.EvaluateAsync("[...document.querySelectorAll('.object')].filter(o => o.checkVisibility()).length"))!);
        await browser.EvaluateAsync("document.activeElement.blur()");
        await browser.PressAsync("n");
        await browser.PressAsync("Enter");
        Assert.Equal("true Deployment/default/app-7-12", (string?)await browser.EvaluateAsync(
            "(o => `${o.open} ${o.querySelector('code').textContent}`)(document.activeElement.closest('.object'))"));
        Assert.True((bool)(await browser.EvaluateAsync("document.activeElement.closest('.object').querySelector('.fields').checkVisibility()"))!);

        await browser.PressAsync("/");
        await browser.PressAsync("Escape");
        Assert.Equal("5000 objects", (string?)await browser.EvaluateAsync("document.getElementById('count').value"));
        await browser.EvaluateAsync("document.querySelector('.matrix a').click()");
        Assert.True((bool)(await browser.EvaluateAsync("new Promise(r => setTimeout(() => r(document.activeElement.closest('.unit').open), 100))"))!);
        Assert.Empty(browser.Complaints);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Every_text_can_be_told_from_its_ground(string scheme)
    {
        Assert.SkipWhen(Browser.Program is null, "no chromium on the PATH: the HTML report is not looked at in a browser");
        await using var browser = await Browser.StartAsync();
        await browser.PreferAsync(scheme);
        using var file = new PageFile(Page(Reports.Of("text")));
        await browser.OpenAsync(file.Address);
        await browser.EvaluateAsync("document.getElementById('expand').click()");
        Assert.Equal(scheme == "dark", (bool)(await browser.EvaluateAsync("getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'"))!);

        // WCAG 2.2, 1.4.3: a contrast of 4.5 to 1.
        var faint = await browser.EvaluateAsync("""
            (() => {
              const parts = c => c.match(/[\d.]+/g).map(Number);
              const light = c => parts(c).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
              const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parts(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
              const result = new Set();
              for (const e of document.querySelectorAll('body *')) {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || ['SCRIPT', 'STYLE'].includes(e.tagName)) continue;
                const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
                if ((a + 0.05) / (b + 0.05) < 4.5) result.add(`${e.tagName}.${e.className} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
              }
              return [...result].join('; ');
            })()
            """);
        Assert.Equal("", (string?)faint);
        Assert.Equal(0, (int)(await browser.EvaluateAsync("[...document.querySelectorAll('input, button, a, summary')].filter(e => !(e.textContent.trim() || e.closest('label')?.textContent.trim())).length"))!);
        if (Environment.GetEnvironmentVariable("WEIR_PICTURES") is { Length: > 0 } folder)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"report-{scheme}.png"), await browser.PictureAsync(), TestContext.Current.CancellationToken);
        }
    }

    private static string Page(FleetReport report)
    {
        var output = new StringWriter { NewLine = "\n" };
        HtmlReport.Write(report, output);
        return output.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed class PageFile : IDisposable
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), $"weir-{Guid.NewGuid():N}.html");

        public PageFile(string page) => File.WriteAllText(_path, page, new UTF8Encoding(false));

        public string Address => "file://" + _path;

        public void Dispose() => File.Delete(_path);
    }
}
