using Weir.Flux;
using Weir.Sources.Generating;

namespace Weir.Sources.Tests.Generating;

public sealed class ExpandPathPatternTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-pattern-").FullName;

    public ExpandPathPatternTests()
    {
        foreach (var directory in (string[])["apps/Web/envs/prod", "apps/api/envs/dev", "other"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, directory));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_directory_that_matches_makes_its_own_artifact()
    {
        var plans = Expand("@repo/apps/{app}/envs/{env}", "{app}-{env}", "@repo/apps/{app}/envs/{env}/**");
        Assert.Equal(["web-prod", "api-dev"], plans.Select(p => p.Output.Name));
        Assert.Equal("@repo/apps/Web/envs/prod/**", plans[0].Output.Copy![0].From);
        Assert.Equal("web", plans[0].Labels["app"]);
    }

    [Theory]
    [InlineData("@repo/apps/{a-b}", "x", "must be a valid capture name")]
    [InlineData("@repo/apps/{app}/{app}", "x", "duplicate capture variable")]
    [InlineData("@repo/apps/{app", "x", "a brace has no partner")]
    [InlineData("@none/apps/{app}", "x", "source alias none not found")]
    [InlineData("@repo/apps/{app}", "same", "both resolve to artifact name")]
    [InlineData("@repo/apps/{app}", "{other}", "unknown placeholder {other}")]
    public void A_wrong_pattern_says_what_is_wrong(string pattern, string name, string message)
    {
        var error = Assert.Throws<SourceException>(() => Expand(pattern, name, "@repo/apps/**"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<OutputPlan> Expand(string pattern, string name, string from)
    {
        var generator = new ArtifactGenerator
        {
            Spec = new ArtifactGeneratorSpec
            {
                PathPattern = pattern,
                Artifacts = [new OutputArtifact { Name = name, Copy = [new CopyOperation { From = from, To = "@artifact/" }] }],
            },
        };
        return ExpandPathPattern.Run(generator, new Dictionary<string, string> { ["repo"] = _folder });
    }
}
