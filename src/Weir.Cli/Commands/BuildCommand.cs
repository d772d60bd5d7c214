using System.CommandLine;
using System.Text;
using Weir.Cli.Fleets;
using Weir.Cli.Help;
using Weir.Fleet;
using Weir.Sources.Git;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Commands;

/// <summary><c>weir build</c>: what a cluster, a Kustomization or a HelmRelease of a fleet produces, from files alone.</summary>
internal static class BuildCommand
{
    private static readonly FleetFlags Flags = new();

    private static readonly Argument<string?> Kind = new("kind")
    {
        Description = "What is built: 'all', 'kustomization' (ks) or 'helmrelease' (hr); everything when omitted",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string?> Name = new("name")
    {
        Description = "NAMESPACE/NAME of the object; the namespace may be left out when the name is unique",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> Cluster = new("--cluster")
    {
        Description = "Only this cluster; may be given many times",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Revision = new("--revision")
    {
        Description = "Build this revision of the repository instead of the work tree",
        HelpName = "REV",
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Write a tree of files there, CLUSTER/KIND/NAMESPACE/NAME.yaml, instead of the standard output",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var command = new WeirCommand("build", "Print the objects that the Kustomizations and HelmReleases of a fleet produce, without a cluster.")
        {
            Group = CommandGroup.Render,
            Arguments = { Kind, Name },
            Options = { Cluster, Revision, Output },
            Examples =
            [
                ("weir build helmrelease apps/podinfo --cluster production", "the objects of one release"),
                ("weir build --output rendered", "everything of every cluster, as files"),
                ("weir build ks infra --revision main~3", "a Kustomization as it was three commits ago"),
            ],
            ExitCodes = [(0, "printed"), (1, "the question is wrong: no repository, no such revision, cluster or object"), (3, "something could not be rendered; the rest was printed")],
        };
        Flags.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        try
        {
            var git = new GitProgram();
            using var revisions = await FleetRevisions.OpenAsync(Flags.Repository(result), git, cancellationToken);
            using var sources = Flags.Sources(result, git);
            var side = result.GetValue(Revision) is { } revision ? await revisions.AtAsync(revision, cancellationToken) : revisions.WorkTree();
            var clusters = await new FleetBuilder(sources, Flags.BuildOptions(result, revisions)).BuildAsync(side, cancellationToken);
            var units = Select(result, clusters);
            var folder = result.GetValue(Output);
            foreach (var unit in units)
            {
                if (unit.Error is { } error)
                {
                    await Console.Error.WriteLineAsync($"Error: {unit.Id} cannot be rendered: {error}");
                    continue;
                }

                await WriteAsync(unit, folder, result.InvocationConfiguration.Output, cancellationToken);
            }

            return units.Any(static u => u.Error is not null) ? 3 : 0;
        }
        catch (FleetException e)
        {
            throw new CommandFailure(e.Message);
        }
    }

    private static List<BuiltUnit> Select(ParseResult result, IReadOnlyList<BuiltCluster> clusters)
    {
        var names = result.GetValue(Cluster) ?? [];
        if (clusters.Count == 0)
        {
            throw new CommandFailure("the repository has no cluster: no directory under clusters/; name one with --path");
        }

        if (names.FirstOrDefault(n => clusters.All(c => c.Name != n)) is { } unknown)
        {
            throw new CommandFailure($"there is no cluster '{unknown}'; there are {string.Join(", ", clusters.Select(static c => c.Name))}");
        }

        var units = clusters.Where(c => names.Length == 0 || names.Contains(c.Name)).SelectMany(static c => c.Units).ToList();
        var kind = result.GetValue(Kind) switch
        {
            null or "all" => null,
            "kustomization" or "kustomizations" or "ks" => "Kustomization",
            "helmrelease" or "helmreleases" or "hr" => "HelmRelease",
            var other => throw new CommandFailure($"'{other}' cannot be built; say kustomization, helmrelease or all"),
        };
        units.RemoveAll(u => kind is not null && u.Id.Kind != kind);
        if (result.GetValue(Name) is { } name)
        {
            units.RemoveAll(u => name.Contains('/', StringComparison.Ordinal) ? $"{u.Id.Namespace}/{u.Id.Name}" != name : u.Id.Name != name);
            if (units.Count == 0)
            {
                throw new CommandFailure($"there is no {kind ?? "object"} '{name}'");
            }

            if (units.Select(static u => u.Id.Namespace).Distinct().Count() > 1)
            {
                throw new CommandFailure($"'{name}' stands in several namespaces: {string.Join(", ", units.Select(static u => $"{u.Id.Namespace}/{u.Id.Name}").Distinct())}");
            }
        }

        return units;
    }

    private static async Task WriteAsync(BuiltUnit unit, string? folder, TextWriter output, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        foreach (var value in unit.Printable)
        {
            text.Append("---\n").Append(YamlWriter.Write(value));
        }

        if (folder is null)
        {
            await output.WriteAsync(text, cancellationToken);
            return;
        }

        // Names come from the repository: they may not lead out of the folder.
        var path = FilePath.Combine("", $"{unit.Id.Cluster}/{unit.Id.Kind}/{unit.Id.Namespace}/{unit.Id.Name}.yaml")
            ?? throw new CommandFailure($"{unit.Id} has a name that is no file name");
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text.ToString(), cancellationToken);
    }
}
