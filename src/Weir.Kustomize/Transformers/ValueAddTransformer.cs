using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Selecting;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.Transformers;

/// <summary>Writes one value into fields, or into the file paths that fields hold.</summary>
internal sealed class ValueAddTransformer(string value, IReadOnlyList<ValueAddTransformer.Target> targets) : Transformer
{
    private static readonly GoStruct TargetConfig = new(
        "Target", ("selector", KustomizationTypes.Selector), ("fieldPath", GoType.String), ("filePathPosition", GoType.Int));

    private static readonly GoStruct Config = new(
        "ValueAddTransformerPlugin", ("value", GoType.String), ("targets", GoType.ListOf(TargetConfig)), ("targetFilePath", GoType.String));

    public override string Kind => "ValueAddTransformer";

    public static ValueAddTransformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        var value = decoded.Text("value").Trim();
        var targets = decoded.Maps("targets").ToList();
        if (decoded.Text("targetFilePath") is { Length: > 0 } path)
        {
            var parsed = YamlReader.Read(input.Loader.LoadText(path), new YamlReadOptions { File = input.Loader.Display(path) });
            var root = parsed.TryGet(out var found) ? found : throw NodeReader.Malformed(parsed.Diagnostics);
            targets.AddRange(PluginInput.Decode(root, Config).Maps("targets"));
        }

        if (targets.Count == 0)
        {
            throw Failure("must specify at least one target", config.Span);
        }

        return new ValueAddTransformer(
            value.Length > 0 ? value : FilePath.Name(input.Loader.Root),
            [.. targets.Select(Read)])
        {
            Span = config.Span,
        };
    }

    public override void Transform(ResourceList resources)
    {
        foreach (var target in targets)
        {
            foreach (var resource in resources.Where(r => target.Selector?.Selects(r) ?? true).ToList())
            {
                if (target.FieldPath == "metadata/namespace")
                {
                    new NamespaceTransformer(value, []).TransformOne(resource);
                }
                else
                {
                    Set(resource, target);
                }
            }
        }

        resources.IdsChanged();
    }

    private static Target Read(MapValue fields)
    {
        var target = new Target(
            fields.GetMap("selector") is { } selector ? Selector.Parse(selector) : null,
            fields.Text("fieldPath"),
            (int)(fields.GetInt("filePathPosition") ?? 0));
        if (target.FieldPath.Length == 0)
        {
            throw Failure("fieldPath cannot be empty", fields.Span);
        }

        return target.FilePathPosition >= 0
            ? target
            : throw Failure($"value of FilePathPosition ({target.FilePathPosition}) cannot be negative", fields.Span);
    }

    private void Set(Resource resource, Target target)
    {
        var slot = NodeLookup.FindOrCreate(resource.Object, NodeKind.Scalar, SplitPath(target.FieldPath));
        Node.RequireScalar(slot.Value);
        var text = target.FilePathPosition > 0 ? Insert(Scalar.Text(slot.Value), target.FilePathPosition - 1) : value;
        Node.SetScalar(slot, text, ScalarTag.Undecided);
    }

    private static string[] SplitPath(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (parts.Count > 0 && parts[^1].EndsWith('\\'))
            {
                parts[^1] = parts[^1][..^1] + "/" + part;
            }
            else
            {
                parts.Add(part);
            }
        }

        return [.. parts];
    }

    /// <summary>The file path with the value at a position; positions beyond the end append.</summary>
    private string Insert(string path, int position)
    {
        var isAbsolute = path.StartsWith('/');
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        parts.Insert(Math.Min(position, parts.Count), value);
        return (isAbsolute ? "/" : "") + string.Join('/', parts);
    }

    private static BuildFailure Failure(string message, SourceSpan span) => new(message, span) { Code = "kustomize-plugin" };

    /// <summary>Fields that get the value; the position counts from 1 and puts it into a file path.</summary>
    internal sealed record Target(Selector? Selector, string FieldPath, int FilePathPosition);
}
