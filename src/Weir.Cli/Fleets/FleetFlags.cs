using System.CommandLine;
using Weir.Fleet;
using Weir.Helm;
using Weir.Sources.Git;
using Weir.Sources.Mirrors;

namespace Weir.Cli.Fleets;

/// <summary>The options of commands that build a fleet from files.</summary>
internal sealed class FleetFlags
{
    private readonly Option<string> _repository = new("--repo")
    {
        Description = "The fleet's root: a directory inside a Git repository",
        DefaultValueFactory = _ => ".",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _paths = new("--path")
    {
        Description = "The directory of a cluster; may be given many times; every directory under clusters/ when not given",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _mirrors = new("--mirror")
    {
        Description = "Answer sources whose URL starts so from this path; may be given many times",
        HelpName = "URL-PREFIX=PATH",
    };

    private readonly Option<string?> _cache = new("--cache-dir")
    {
        Description = "Where fetched charts and repositories are kept; may be shared by jobs that run at once",
        HelpName = "DIR",
    };

    private readonly Option<string?> _kubeVersion = new("--kube-version")
    {
        Description = "The Kubernetes version that charts find in Capabilities.KubeVersion",
        HelpName = "VERSION",
    };

    private readonly Option<string[]> _apiVersions = new("--api-versions", "-a")
    {
        Description = "API versions that charts find in Capabilities.APIVersions besides the usual ones",
        HelpName = "VERSION",
    };

    private readonly Option<string[]> _ageKeys = new("--age-key-file")
    {
        Description = "A file with age keys that open SOPS files; besides those of SOPS_AGE_KEY and SOPS_AGE_KEY_FILE; may be given many times",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _repository, _paths, _mirrors, _cache, _kubeVersion, _apiVersions, _ageKeys })
        {
            command.Options.Add(option);
        }
    }

    public string Repository(ParseResult result) => result.GetValue(_repository)!;

    public FleetBuildOptions BuildOptions(ParseResult result, FleetRevisions revisions)
    {
        var capabilities = Capabilities.Default;
        if (result.GetValue(_kubeVersion) is { } text)
        {
            var (version, error) = KubeVersion.Parse(text);
            capabilities = capabilities with { KubeVersion = version ?? throw new CommandFailure($"--kube-version {text}: {error}") };
        }

        if (result.GetValue(_apiVersions) is { Length: > 0 } versions)
        {
            capabilities = capabilities with { ApiVersions = [.. capabilities.ApiVersions, .. versions] };
        }

        return new() { Capabilities = capabilities, ClusterPaths = result.GetValue(_paths) ?? [], Revisions = revisions, Decryption = AgeKeys.Read(result.GetValue(_ageKeys) ?? []) };
    }

    /// <summary>The outside sources. The mirrors of <c>weir.mirrors.yaml</c> in the work tree count after those of the command line.</summary>
    public FleetSources Sources(ParseResult result, GitProgram git)
    {
        var mirrors = MirrorArguments.Parse(result.GetValue(_mirrors)).ToList();
        var root = Path.GetFullPath(Repository(result));
        var file = Path.Combine(root, MirrorArguments.FileName);
        if (File.Exists(file))
        {
            mirrors.AddRange(MirrorArguments.ReadFile(File.ReadAllText(file), root));
        }

        return new FleetSources(new SourceMirrors(mirrors), result.GetValue(_cache) ?? UserCache.Folder, git);
    }
}
