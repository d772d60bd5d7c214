using System.IO.Compression;
using System.Text;
using Weir.Cli.Templating;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Helm;

/// <summary>
/// Charts from public repositories against the recorded output of helm v4.2.4. The charts stand in the folder that
/// <c>WEIR_CHARTS</c> names; without it the suite is skipped.
/// </summary>
public sealed class ChartCorpusTests
{
    private static readonly string? Charts = Environment.GetEnvironmentVariable("WEIR_CHARTS");

    [Fact]
    public void Renders_public_charts_to_the_same_bytes()
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        Assert.SkipWhen(string.IsNullOrEmpty(Charts) || !Directory.Exists(Charts), "no charts: set WEIR_CHARTS to the folder that helm/prepare.py wrote");
        var suite = new Suite("Helm charts", Path.Combine(TestData.ProjectDirectory(typeof(ChartCorpusTests).Assembly), "Helm", "known-differences.txt"));
        foreach (var recorded in Recordings())
        {
            var id = recorded.GetString("id")!;
            var chart = Path.GetFullPath(Path.Combine(Charts, recorded.GetString("repo")!, recorded.GetString("chart")!));
            if (!Directory.Exists(chart))
            {
                suite.Skip(id);
                continue;
            }

            suite.Run(id, () => Compare(recorded, Render(recorded, chart)));
        }

        suite.Finish();
    }

    private static TemplateAnswer Render(MapValue recorded, string chart)
    {
        var request = new TemplateRequest
        {
            Chart = chart,
            Release = "rel",
            Namespace = "ns-test",
            KubeVersion = "1.34.0",
            IncludeCrds = true,
            ValueFiles = [.. recorded.GetList("values")!.Select(v => Path.GetFullPath(Path.Combine(chart, v.ToString()!)))],
            SkipSchemaValidation = recorded.GetList("args")?.Any(a => a.ToString() == "--skip-schema-validation") == true,
        };
        return TemplateRun.OnLargeStack(() => TemplateRun.Run(request, ChartFolder.Load));
    }

    private static string? Compare(MapValue recorded, TemplateAnswer answer)
    {
        if (recorded.GetBool("ok") != answer.Ok)
        {
            return answer.Ok ? $"should fail: {recorded.GetString("stderr")}" : answer.Errors;
        }

        if (!answer.Ok)
        {
            return null;
        }

        var expected = recorded.GetString("stdout")!.Split('\n');
        var actual = answer.Output.Split('\n');
        var constant = (recorded.GetList("volatile") ?? []).Cast<ListValue>().ToDictionary(v => (int)((IntValue)v[0]).Value, v => (int)((IntValue)v[1]).Value);
        if (expected.Length != actual.Length)
        {
            return $"expected {expected.Length} lines, got {actual.Length}";
        }

        for (var i = 0; i < expected.Length; i++)
        {
            var length = constant.TryGetValue(i, out var start) ? start : int.MaxValue;
            if (!expected[i].AsSpan(0, Math.Min(length, expected[i].Length)).SequenceEqual(actual[i].AsSpan(0, Math.Min(length, actual[i].Length))))
            {
                return $"line {i + 1}: expected '{expected[i]}', got '{actual[i]}'";
            }
        }

        return null;
    }

    private static IEnumerable<MapValue> Recordings()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(ConformanceData.Directory!, "helm"), "*.jsonl.gz").Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                yield return (MapValue)JsonReader.Read(line).Result!;
            }
        }
    }
}
