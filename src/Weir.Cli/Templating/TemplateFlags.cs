using System.CommandLine;

namespace Weir.Cli.Templating;

/// <summary>The flags of <c>helm template</c> under their own names, and those that only Weir has.</summary>
internal sealed class TemplateFlags
{
    public Option<string> Namespace { get; } = new("--namespace", "-n")
    {
        Description = "Namespace of the release (default $HELM_NAMESPACE, else 'default')",
        HelpName = "NAME",
    };

    public Option<string[]> Values { get; } = Many("--values", "Values in a YAML file or at a URL; '-' is the standard input", "FILE", "-f");

    public Option<string[]> Set { get; } = Many("--set", "Values, as in key1=val1,key2.sub[0]=val2", "TEXT");

    public Option<string[]> SetString { get; } = Many("--set-string", "Values that stay strings", "TEXT");

    public Option<string[]> SetFile { get; } = Many("--set-file", "Values read from files, as in key1=path1", "TEXT");

    public Option<string[]> SetJson { get; } = Many("--set-json", "Values in JSON, as in key1=json1 or {\"key1\": json1}", "TEXT");

    public Option<string[]> SetLiteral { get; } = Many("--set-literal", "One value taken as it stands", "TEXT");

    public Option<string?> KubeVersion { get; } = new("--kube-version") { Description = "Kubernetes version that templates see", HelpName = "VERSION" };

    public Option<string[]> ApiVersions { get; } = Many("--api-versions", "API versions that templates see beside the usual ones", "LIST", "-a");

    public Option<bool> IncludeCrds { get; } = new("--include-crds") { Description = "Print the objects in crds/ too" };

    public Option<bool> SkipCrds { get; } = new("--skip-crds") { Description = "Accepted for scripts: objects in crds/ are printed only with --include-crds" };

    public Option<bool> SkipTests { get; } = new("--skip-tests") { Description = "Leave out hooks of the event 'test'" };

    public Option<bool> NoHooks { get; } = new("--no-hooks") { Description = "Leave out all hooks" };

    public Option<bool> IsUpgrade { get; } = new("--is-upgrade") { Description = "Render as for an upgrade" };

    public Option<bool> SkipSchemaValidation { get; } = new("--skip-schema-validation") { Description = "Do not check values against values.schema.json" };

    public Option<string[]> ShowOnly { get; } = Many("--show-only", "Print only what these templates wrote (a path below the chart, or a pattern)", "PATH", "-s");

    public Option<string?> OutputDir { get; } = new("--output-dir") { Description = "Write files below this directory instead of printing", HelpName = "DIR" };

    public Option<bool> ReleaseName { get; } = new("--release-name") { Description = "Use the release's name in the path below --output-dir" };

    public Option<string?> NameTemplate { get; } = new("--name-template") { Description = "Template of the release's name", HelpName = "TEXT" };

    public Option<bool> GenerateName { get; } = new("--generate-name", "-g") { Description = "Accepted for scripts: without NAME the release is called 'release-name'" };

    public Option<string?> PostRenderer { get; } = new("--post-renderer") { Description = "Program that all documents pass through", HelpName = "PROGRAM" };

    public Option<string[]> PostRendererArgs { get; } = Many("--post-renderer-args", "Argument of that program", "TEXT");

    public Option<bool> SubchartNotes { get; } = new("--render-subchart-notes") { Description = "Accepted for scripts: notes are not printed", Hidden = true };

    public Option<bool> EnableDns { get; } = new("--enable-dns") { Description = "Let templates resolve host names" };

    public Option<bool> Validate { get; } = new("--validate") { Hidden = true };

    public Option<bool> Debug { get; } = new("--debug") { Description = "Accepted for scripts", Hidden = true };

    public Option<string?> Seed { get; } = new("--seed") { Description = "Make random text, certificates and the clock grow from this text", HelpName = "TEXT" };

    public Option<string?> LookupFile { get; } = new("--lookup-file") { Description = "Objects in YAML that 'lookup' finds", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
        [
            Namespace, Values, Set, SetString, SetFile, SetJson, SetLiteral, KubeVersion, ApiVersions, IncludeCrds, SkipCrds, SkipTests, NoHooks,
            IsUpgrade, SkipSchemaValidation, ShowOnly, OutputDir, ReleaseName, NameTemplate, GenerateName, PostRenderer, PostRendererArgs,
            SubchartNotes, EnableDns, Validate, Debug, Seed, LookupFile,
        ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The flags of a command line laid over a request.</summary>
    public TemplateRequest Apply(ParseResult parsed, TemplateRequest request) => request with
    {
        Namespace = parsed.GetValue(Namespace) ?? request.Namespace,
        ValueFiles = [.. request.ValueFiles, .. Split(parsed.GetValue(Values))],
        Set = parsed.GetValue(Set) ?? [],
        SetString = parsed.GetValue(SetString) ?? [],
        SetFile = parsed.GetValue(SetFile) ?? [],
        SetJson = parsed.GetValue(SetJson) ?? [],
        SetLiteral = parsed.GetValue(SetLiteral) ?? [],
        KubeVersion = parsed.GetValue(KubeVersion) ?? request.KubeVersion,
        ApiVersions = [.. Split(parsed.GetValue(ApiVersions))],
        IncludeCrds = request.IncludeCrds || parsed.GetValue(IncludeCrds),
        SkipTests = parsed.GetValue(SkipTests),
        NoHooks = parsed.GetValue(NoHooks),
        IsUpgrade = parsed.GetValue(IsUpgrade),
        SkipSchemaValidation = parsed.GetValue(SkipSchemaValidation),
        SubchartNotes = parsed.GetValue(SubchartNotes),
        EnableDns = parsed.GetValue(EnableDns),
        ShowOnly = parsed.GetValue(ShowOnly) ?? [],
        OutputDirectory = parsed.GetValue(OutputDir),
        UseReleaseName = parsed.GetValue(ReleaseName),
        Seed = parsed.GetValue(Seed) ?? request.Seed,
        LookupFile = parsed.GetValue(LookupFile),
        PostRenderer = parsed.GetValue(PostRenderer),
        PostRendererArguments = parsed.GetValue(PostRendererArgs) ?? [],
    };

    private static IEnumerable<string> Split(string[]? lists) => (lists ?? []).SelectMany(l => l.Split(',')).Where(i => i.Length > 0);

    private static Option<string[]> Many(string name, string description, string helpName, params string[] aliases) => new(name, aliases)
    {
        Description = description + " (may be repeated)",
        HelpName = helpName,
        Arity = ArgumentArity.ZeroOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
