using System.ComponentModel;
using System.Diagnostics;
using Weir.Kustomize;
using Weir.Sources.Files;
using Weir.Testing;

namespace Weir.Conformance.Tests.Kustomize;

/// <summary>
/// Kustomizations of fields put together at random, built by <c>kubectl kustomize</c> too: the kubectl that <c>WEIR_KUBECTL</c>
/// names, or the one on the path.
/// </summary>
public sealed class WitnessTests(ITestOutputHelper output)
{
    private const int Cases = 60;

    [Fact]
    public void Builds_what_kubectl_builds()
    {
        var kubectl = Environment.GetEnvironmentVariable("WEIR_KUBECTL") is { Length: > 0 } named ? named : "kubectl";
        Assert.SkipUnless(Run(kubectl, "version", "--client") is { Code: 0 }, "no kubectl: put it on the path, or name it in WEIR_KUBECTL");
        var suite = new ConformanceSuite("kustomize beside kubectl", TableSuite.KnownDifferences);
        for (var seed = 0; seed < Cases; seed++)
        {
            var folder = Directory.CreateTempSubdirectory("weir-witness-").FullName;
            try
            {
                var files = new RandomKustomization(seed).Files();
                foreach (var (path, text) in files)
                {
                    Directory.CreateDirectory(Path.Combine(folder, Path.GetDirectoryName(path)!));
                    File.WriteAllText(Path.Combine(folder, path), text);
                }

                suite.Take($"seed {seed}", () => Compare(kubectl, folder));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        output.WriteLine(suite.Summary);
        Assert.True(suite.IsGreen, suite.Summary + "\n" + suite.Failures);
    }

    private static string? Compare(string kubectl, string folder)
    {
        var expected = Run(kubectl, "kustomize", Path.Combine(folder, "overlay"))!.Value;
        var built = KustomizeBuild.Run(new DiskFileTree("/"), Path.Combine(folder, "overlay"), new() { Order = ResourceOrder.Legacy });
        if (expected.Code != 0)
        {
            return built.IsSuccess ? $"should fail: {expected.Errors}" : null;
        }

        return !built.IsSuccess ? $"failed: {built.Error}"
            : KustomizeBuild.ToYaml(built.Objects) == expected.Output ? null
            : $"expected\n{expected.Output}got\n{KustomizeBuild.ToYaml(built.Objects)}of\n{File.ReadAllText(Path.Combine(folder, "base/kustomization.yaml"))}\n{File.ReadAllText(Path.Combine(folder, "overlay/kustomization.yaml"))}";
    }

    private static (int Code, string Output, string Errors)? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, text, errors.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
