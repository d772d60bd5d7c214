using System.Text;
using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>The cases of kustomize's own test-suite, with the output of the real program in both orders.</summary>
public sealed class CaseTests(ITestOutputHelper output)
{
    private const string Folder = "work/case";

    [Fact]
    public void Prints_what_kustomize_build_prints() => Run("kustomize cases", inOrder: false);

    [Fact]
    public void Keeps_the_order_that_the_library_keeps() => Run("kustomize cases in order", inOrder: true);

    private void Run(string name, bool inOrder)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var suite = new ConformanceSuite(name, TableSuite.KnownDifferences);
        foreach (var line in File.ReadLines(Path.Combine(ConformanceData.Directory, "kustomize", "cases.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            var real = inOrder && row.TryGetProperty("realNone", out var none) ? none : row.GetProperty("real");
            var expected = real.GetProperty("rc").GetInt32() == 0 ? real.GetProperty("stdout").GetString() : null;
            suite.Take(row.GetProperty("id").GetString()!, () => Build.Compare(
                Tree(row), FilePath.Combine(Folder, row.GetProperty("root").GetString()!)!, row.GetProperty("args"), inOrder, expected));
        }

        output.WriteLine(suite.Summary);
        Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
    }

    private static MemoryFileTree Tree(JsonElement row)
    {
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        foreach (var (member, decode) in ((string, Func<string, byte[]>)[])[("files", Encoding.UTF8.GetBytes), ("filesBase64", Convert.FromBase64String)])
        {
            if (row.TryGetProperty(member, out var group))
            {
                files.AddRange(group.EnumerateObject().Select(f =>
                    KeyValuePair.Create<string, ReadOnlyMemory<byte>>(FilePath.Combine(Folder, f.Name)!, decode(f.Value.GetString()!))));
            }
        }

        return new MemoryFileTree(files);
    }
}
