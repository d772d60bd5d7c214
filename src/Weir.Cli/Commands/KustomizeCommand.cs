using System.CommandLine;
using System.Text;
using Weir.Cli.Help;
using Weir.Cli.Kustomizing;
using Weir.Cli.Templating;
using Weir.Kustomize;
using Weir.Sources.Files;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Commands;

/// <summary><c>weir kustomize</c>: what <c>kustomize build</c> of Kustomize 5.8 prints.</summary>
internal static class KustomizeCommand
{
    private const string RootOnly = "LoadRestrictionsRootOnly";
    private const string NoRestrictions = "LoadRestrictionsNone";

    private static readonly Argument<string[]> Directory = new("dir")
    {
        Description = "A directory with a kustomization.yaml, or a git repository URL with a path suffix; '.' when omitted",
        Arity = new ArgumentArity(0, 2),
    };

    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Write to this file instead of the standard output; into a directory, one file for each object",
        HelpName = "PATH",
    };

    private static readonly Option<string> LoadRestrictor = new("--load-restrictor")
    {
        Description = $"If set to '{NoRestrictions}', kustomizations may read files from outside their root; otherwise {RootOnly}",
        DefaultValueFactory = _ => RootOnly,
        HelpName = "RESTRICTIONS",
    };

    private static readonly Option<string?> Reorder = new("--reorder")
    {
        Description = "Order of the objects: 'legacy' (namespaces first, webhooks last; the default) or 'none' (as they come in)",
        HelpName = "ORDER",
    };

    private static readonly Option<bool> EnableHelm = new("--enable-helm") { Description = "Render helmCharts with Weir's own Helm" };

    private static readonly Option<string[]> HelmApiVersions = new("--helm-api-versions")
    {
        Description = "API versions that charts find in Capabilities.APIVersions",
        HelpName = "VERSION",
    };

    private static readonly Option<string?> HelmKubeVersion = new("--helm-kube-version")
    {
        Description = "The Kubernetes version that charts find in Capabilities.KubeVersion",
        HelpName = "VERSION",
    };

    private static readonly Option<bool> NoRemoteBases = new("--no-remote-bases")
    {
        Description = "Refuse bases and files that lie on other machines, as the engine does",
    };

    private static readonly Option<bool> ManagedByLabel = new("--enable-managedby-label")
    {
        Description = "Add the label app.kubernetes.io/managed-by",
    };

    private static readonly Option<bool> Strict = new("--strict")
    {
        Description = "Patches, replacements, images and components that do nothing are errors instead of warnings",
    };

    private static readonly Option<string?> Explain = new("--explain")
    {
        Description = "Print which files and transformers set a field: [KIND/NAME:]FIELD, such as spec.replicas or Deployment/web:spec.template",
        HelpName = "PATH",
    };

    // Flags of kustomize that have no meaning here, with the reason.
    private static readonly (Option<string?> Option, string Reason)[] Ignored =
    [
        (Hidden("--helm-command"), "charts are rendered in this process, no helm program is run"),
        (Hidden("--network-name"), "no container functions are run"),
        (Hidden("--mount"), "no container functions are run"),
        (Hidden("--env", "-e"), "no functions are run"),
    ];

    private static readonly (Option<bool> Option, string Reason)[] IgnoredSwitches =
    [
        (HiddenSwitch("--as-current-user"), "no container functions are run"),
        (HiddenSwitch("--network"), "no container functions are run"),
        (HiddenSwitch("--helm-debug"), "charts are rendered in this process, and every mistake names its place"),
    ];

    private static readonly Option<bool>[] Refused = [HiddenSwitch("--enable-alpha-plugins"), HiddenSwitch("--enable-exec")];

    internal static Command Create()
    {
        var command = new WeirCommand("kustomize", "Build a kustomization as kustomize build does.")
        {
            Group = CommandGroup.Render,
            Examples =
            [
                ("weir kustomize overlays/production", "what 'kustomize build overlays/production' prints"),
                ("weir kustomize overlays/production --explain spec.replicas", "which files and transformers set a field"),
                ("weir kustomize overlays/production --strict", "fail when a patch matches nothing"),
                ("weir kustomize https://github.com/org/repo//deploy?ref=v1", "a directory of a repository"),
            ],
            ExitCodes = [(0, "built"), (1, "not built, or --explain found no such field")],
            Arguments = { Directory },
        };
        foreach (var option in (Option[])
            [
                Output, LoadRestrictor, Reorder, EnableHelm, HelmApiVersions, HelmKubeVersion, NoRemoteBases, ManagedByLabel, Strict, Explain,
                .. Ignored.Select(i => i.Option), .. IgnoredSwitches.Select(i => i.Option), .. Refused,
            ])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, cancellation) => Task.FromResult(Run(result, cancellation)));
        return command;
    }

    private static Option<string?> Hidden(string name, params string[] aliases) => new(name, aliases) { Hidden = true };

    private static Option<bool> HiddenSwitch(string name) => new(name) { Hidden = true };

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var errors = parsed.InvocationConfiguration.Error;
        Check(parsed, errors);
        var explained = parsed.GetValue(Explain);
        using var remote = parsed.GetValue(NoRemoteBases) ? null : new GitBases(GitBases.DefaultCache, cancellationToken);
        var options = Options(parsed, remote);
        var given = parsed.GetValue(Directory) is [var only] ? only : ".";
        var target = RepositorySpec.Parse(given, out _) is null ? Path.GetFullPath(given) : given;
        var tree = new DiskFileTree("/");
        var result = options.Helm is null
            ? KustomizeBuild.Run(tree, target, options)
            : TemplateRun.OnLargeStack(() => KustomizeBuild.Run(tree, target, options));
        Tell(result, errors);
        if (!result.IsSuccess)
        {
            return 1;
        }

        if (explained is null)
        {
            Write(parsed.GetValue(Output), result.Objects);
            return 0;
        }

        if (FieldExplanation.Print(result.History!, explained, parsed.InvocationConfiguration.Output))
        {
            return 0;
        }

        errors.WriteLine($"Error: no object has the field {explained}");
        return 1;
    }

    private static void Check(ParseResult parsed, TextWriter errors)
    {
        if (parsed.GetValue(Directory) is { Length: > 1 })
        {
            throw new CommandFailure("specify one path to kustomization.yaml");
        }

        foreach (var option in Refused)
        {
            if (parsed.GetValue(option))
            {
                throw new CommandFailure($"{option.Name} is not supported: programs, Go plugins and containers are not run; only kustomize's own plugins are");
            }
        }

        foreach (var (name, reason) in Ignored.Where(i => parsed.GetResult(i.Option) is not null).Select(i => (i.Option.Name, i.Reason))
            .Concat(IgnoredSwitches.Where(i => parsed.GetValue(i.Option)).Select(i => (i.Option.Name, i.Reason))))
        {
            errors.WriteLine($"{name} is ignored: {reason}");
        }

        Allow("load-restrictor", parsed.GetValue(LoadRestrictor)!, [RootOnly, NoRestrictions]);
        Allow("reorder", parsed.GetValue(Reorder) ?? "legacy", ["legacy", "none"]);
    }

    private static void Allow(string flag, string value, string[] legal)
    {
        if (!legal.Contains(value))
        {
            throw new CommandFailure($"illegal flag value --{flag} {value}; legal values: [{string.Join(' ', legal)}]");
        }
    }

    private static KustomizeOptions Options(ParseResult parsed, GitBases? remote) => new()
    {
        Order = parsed.GetValue(Reorder) == "none" ? ResourceOrder.None : ResourceOrder.Legacy,
        IsOrderExplicit = parsed.GetValue(Reorder) is not null,
        LoadRestrictor = parsed.GetValue(LoadRestrictor) == NoRestrictions ? Kustomize.LoadRestrictor.None : Kustomize.LoadRestrictor.RootOnly,
        Remote = remote,
        Helm = parsed.GetValue(EnableHelm) ? new KustomizationCharts(remote is not null) : null,
        HelmApiVersions = parsed.GetValue(HelmApiVersions) ?? [],
        HelmKubeVersion = parsed.GetValue(HelmKubeVersion) ?? "",
        AddManagedByLabel = parsed.GetValue(ManagedByLabel) || Environment.GetEnvironmentVariable("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL") == "on",
        Strict = parsed.GetValue(Strict),
        TrackFields = parsed.GetValue(Explain) is not null,
        WorkingDirectory = Environment.CurrentDirectory.Trim('/'),
    };

    /// <summary>Warnings first, then kustomize's own sentence, then the places of all mistakes.</summary>
    private static void Tell(KustomizeResult result, TextWriter errors)
    {
        foreach (var warning in result.Diagnostics.Where(d => d.Severity == Severity.Warning))
        {
            errors.WriteLine(warning.Message.StartsWith("# ", StringComparison.Ordinal) ? warning.Message : $"warning: {warning}");
        }

        if (result.Error is null)
        {
            return;
        }

        errors.WriteLine($"Error: {result.Error}");
        foreach (var error in result.Diagnostics.Where(d => d.Severity == Severity.Error))
        {
            if (error.Message != result.Error)
            {
                errors.WriteLine($"  {error}");
            }
            else if (error.Span.IsKnown || error.Hint is not null)
            {
                errors.WriteLine($"  {(error.Span.IsKnown ? $"at {error.Span}" : "hint")}{(error.Hint is null ? "" : $": {error.Hint}")}");
            }
        }
    }

    private static void Write(string? path, IReadOnlyList<MapValue> objects)
    {
        try
        {
            if (path is null)
            {
                using var output = Console.OpenStandardOutput();
                output.Write(Encoding.UTF8.GetBytes(KustomizeBuild.ToYaml(objects)));
            }
            else if (System.IO.Directory.Exists(path))
            {
                foreach (var (name, value) in ObjectFiles.NameAll(objects))
                {
                    File.WriteAllText(Path.Combine(path, name), YamlWriter.Write(value));
                }
            }
            else
            {
                File.WriteAllText(path, KustomizeBuild.ToYaml(objects));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(e.Message);
        }
    }
}
