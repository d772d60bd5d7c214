using Weir.Kustomize.Nodes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Kustomizations;

/// <summary>
/// A kustomization as written, with deprecated fields moved to where they belong. The fields are read from
/// <see cref="Fields"/>, whose keys are spelled as kustomize spells them.
/// </summary>
internal sealed class KustomizationFile
{
    public const string KustomizationKind = "Kustomization";

    public const string ComponentKind = "Component";

    private static readonly (string Field, string Instead, string Fix)[] Deprecated =
    [
        ("bases", "resources", ""),
        ("commonLabels", "labels", ""),
        ("imageTags", "images", ""),
        ("patchesJson6902", "patches", ""),
        ("patchesStrategicMerge", "patches", ""),
        ("vars", "replacements", "[EXPERIMENTAL] "),
    ];

    private KustomizationFile(MapValue fields, string name)
    {
        Fields = fields;
        Name = name;
    }

    public MapValue Fields { get; }

    /// <summary>The name of the file in its directory.</summary>
    public string Name { get; }

    public string Kind => Fields.Text("kind");

    public bool IsComponent => Kind == ComponentKind;

    public string Namespace => Fields.Text("namespace");

    public IReadOnlyList<string> BuildMetadata { get; set; } = [];

    /// <summary>Reads a kustomization; warnings are added to <paramref name="warnings"/>, mistakes are a failure.</summary>
    public static KustomizationFile Read(string text, string name, string file, string directory, List<Diagnostic> warnings)
    {
        var parsed = YamlReader.Read(text, new YamlReadOptions { File = file });
        if (!parsed.TryGet(out var root))
        {
            var malformed = NodeReader.Malformed(parsed.Diagnostics);
            throw malformed.WithMessage($"invalid Kustomization: {malformed.Message.Replace("MalformedYAMLError: ", "", StringComparison.Ordinal)}");
        }

        var decoder = new GoDecoder(rejectsUnknownFields: true);
        if (root is not (MapValue or NullValue))
        {
            throw new BuildFailure(
                $"invalid Kustomization: json: cannot unmarshal {(root is ListValue ? "array" : "string")} into Go value of type types.Kustomization",
                root.Span)
            {
                Code = "kustomize-wrong-type",
            };
        }

        var fields = decoder.Decode(root, KustomizationTypes.Kustomization);
        if (decoder.Errors.Count > 0)
        {
            var first = decoder.Errors[0];
            throw new BuildFailure($"invalid Kustomization: {first.Message}", first.Span, first.Hint)
            {
                Code = first.Code,
                Others = [.. decoder.Errors.Skip(1)],
            };
        }

        Warn(fields, warnings);
        CheckNotEmpty(fields, file);
        Normalize(fields);
        CheckKind(fields, directory);
        return new KustomizationFile(fields, name) { BuildMetadata = fields.Strings("buildMetadata") };
    }

    private static void Warn(MapValue fields, List<Diagnostic> warnings)
    {
        foreach (var (field, instead, fix) in Deprecated)
        {
            if (fields.ContainsKey(field))
            {
                warnings.Add(Diagnostic.Warning(
                    "kustomize-deprecated",
                    $"# Warning: '{field}' is deprecated. Please use '{instead}' instead. {fix}Run 'kustomize edit fix' to update your Kustomization automatically.",
                    fields.KeySpan(field)));
            }
        }
    }

    private static void CheckNotEmpty(MapValue fields, string file)
    {
        foreach (var (key, value) in fields)
        {
            if (key is not ("kind" or "apiVersion") && value is not StringValue { Value.Length: 0 })
            {
                return;
            }
        }

        throw new BuildFailure("kustomization.yaml is empty", new SourceSpan(file, 1, 1), "add resources to it, or remove it")
        {
            Code = "kustomize-empty",
        };
    }

    private static void Normalize(MapValue fields)
    {
        if (fields.Text("kind").Length == 0)
        {
            fields["kind"] = KustomizationKind;
        }

        if (fields.Text("apiVersion").Length == 0)
        {
            fields["apiVersion"] = Version(fields.Text("kind"));
        }

        Append(fields, "resources", "bases");
        Append(fields, "images", "imageTags");
        foreach (var generators in (ReadOnlySpan<string>)["configMapGenerator", "secretGenerator"])
        {
            foreach (var generator in fields.Maps(generators))
            {
                if (generator.Text("env").Length > 0)
                {
                    var envs = generator.GetList("envs") ?? [];
                    envs.Add(generator["env"]!);
                    generator["envs"] = envs;
                    generator.Remove("env");
                }
            }
        }

        NormalizeHelm(fields);
    }

    private static void NormalizeHelm(MapValue fields)
    {
        var globals = new MapValue();
        foreach (var old in fields.Maps("helmChartInflationGenerator"))
        {
            var chart = new MapValue { Span = old.Span };
            foreach (var (from, to) in (ReadOnlySpan<(string, string)>)
                [
                    ("chartName", "name"), ("chartVersion", "version"), ("chartRepoUrl", "repo"), ("values", "valuesFile"),
                    ("valuesLocal", "valuesInline"), ("valuesMerge", "valuesMerge"), ("releaseName", "releaseName"),
                ])
            {
                if (old[from] is { } value)
                {
                    chart[to] = value;
                }
            }

            foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("helmHome", "configHome"), ("chartHome", "chartHome")])
            {
                if (old.Text(from).Length > 0)
                {
                    globals[to] = old[from]!;
                }
            }

            var charts = fields.GetList("helmCharts") ?? [];
            charts.Add(chart);
            fields["helmCharts"] = charts;
        }

        if (globals.Count > 0 && !fields.ContainsKey("helmGlobals"))
        {
            fields["helmGlobals"] = globals;
        }

        fields.Remove("helmChartInflationGenerator");
    }

    private static void Append(MapValue fields, string to, string from)
    {
        if (fields.GetList(from) is not { } more)
        {
            return;
        }

        var list = fields.GetList(to) ?? [];
        list.AddRange(more);
        fields[to] = list;
        fields.Remove(from);
    }

    private static void CheckKind(MapValue fields, string directory)
    {
        var errors = new List<string>();
        var kind = fields.Text("kind");
        if (kind is not (KustomizationKind or ComponentKind))
        {
            errors.Add($"kind should be {KustomizationKind} or {ComponentKind}");
        }

        if (fields.Text("apiVersion") != Version(kind))
        {
            errors.Add($"apiVersion for {kind} should be {Version(kind)}");
        }

        if (errors.Count > 0)
        {
            throw new BuildFailure(
                $"Failed to read kustomization file under {directory}:\n{string.Join('\n', errors)}", fields.KeySpan("apiVersion"))
            {
                Code = "kustomize-wrong-kind",
            };
        }
    }

    private static string Version(string kind) =>
        kind == ComponentKind ? "kustomize.config.k8s.io/v1alpha1" : "kustomize.config.k8s.io/v1beta1";
}
