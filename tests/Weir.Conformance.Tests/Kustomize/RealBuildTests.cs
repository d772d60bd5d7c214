using System.IO.Compression;
using System.Text.Json;
using Weir.Sources.Files;
using Weir.Testing;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>
/// Builds of directories in public repositories, exported at their pinned commits into the folder that
/// <c>WEIR_KUSTOMIZE_REAL</c> names (see <c>prepare.py</c> of the conformance data).
/// </summary>
public sealed class RealBuildTests(ITestOutputHelper output)
{
    [Fact]
    public void Builds_real_repositories_as_kustomize_does()
    {
        var folder = Environment.GetEnvironmentVariable("WEIR_KUSTOMIZE_REAL");
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "no real repositories: set WEIR_KUSTOMIZE_REAL to the folder that kustomize/prepare.py wrote");
        var suite = new ConformanceSuite("kustomize real builds", TableSuite.KnownDifferences);
        var tree = new DiskFileTree("/");
        var root = Path.GetFullPath(folder!).Trim('/');
        using var file = File.OpenRead(Path.Combine(ConformanceData.Directory!, "kustomize", "real.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            var (id, repository) = (row.GetProperty("id").GetString()!, row.GetProperty("repo").GetString()!);
            if (!Directory.Exists(Path.Combine(folder!, repository)))
            {
                suite.Skip(id);
                continue;
            }

            var expected = row.GetProperty("ok").GetBoolean() ? row.GetProperty("stdout").GetString() : null;
            suite.Take(id, () => Build.Compare(
                tree, $"{root}/{repository}/{row.GetProperty("path").GetString()}", row.GetProperty("args"), inOrder: false, expected));
        }

        output.WriteLine(suite.Summary);
        Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
    }
}
