using Weir.Kustomize.JsonPatches;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Selecting;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>
/// One entry of <c>patches</c>: strategic merge patches or JSON operations, which the text itself tells apart, for the
/// selected resources, or for the one that a merge patch names.
/// </summary>
internal sealed class PatchTransformer : Transformer
{
    private static readonly GoStruct Config = KustomizationTypes.Patch.Extend("PatchTransformerPlugin");

    private readonly BuildContext _context;
    private readonly string _source;
    private readonly Selector? _target;
    private readonly List<Resource>? _merges;
    private readonly JsonPatch? _operations;

    private PatchTransformer(BuildContext context, string source, Selector? target, List<Resource>? merges, JsonPatch? operations)
    {
        _context = context;
        _source = source;
        _target = target;
        _merges = merges;
        _operations = operations;
    }

    public override string Kind => "PatchTransformer";

    public static PatchTransformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        var (inline, path) = (GoTrim(decoded.Text("patch")), decoded.Text("path"));
        if (inline.Length == 0 && path.Length == 0)
        {
            throw new BuildFailure("must specify one of patch and path in\n", config.Span) { Code = "kustomize-empty-patch" };
        }

        if (inline.Length > 0 && path.Length > 0)
        {
            throw new BuildFailure("patch and path can't be set at the same time\n", config.Span) { Code = "kustomize-patch" };
        }

        var (text, file) = inline.Length > 0 ? (inline, (string?)null) : (Load(path, config.Span, input), input.Loader.Display(path));
        var source = inline.Length > 0 ? $"[patch: {GoQuote.Quote(text)}]" : $"[path: {GoQuote.Quote(path)}]";
        return Create(decoded, text, file, source, input);
    }

    public override void Transform(ResourceList resources)
    {
        try
        {
            if (_merges is not null)
            {
                Merge(resources);
            }
            else if (_operations is not null)
            {
                Apply(resources);
            }
        }
        catch (BuildFailure failure)
        {
            throw failure.At(Span);
        }
    }

    private static string GoTrim(string text) => text.Trim();

    private static string Load(string path, SourceSpan span, PluginInput input)
    {
        try
        {
            return input.Loader.LoadText(path);
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap($"failed to get the patch file from path({path})").At(span);
        }
    }

    private static PatchTransformer Create(MapValue config, string text, string? file, string source, PluginInput input)
    {
        List<Resource>? merges = null;
        JsonPatch? operations = null;
        BuildFailure? mergeFailure = null;
        BuildFailure? jsonFailure = null;
        try
        {
            merges = input.Reader.Read(text, file);
        }
        catch (BuildFailure failure)
        {
            mergeFailure = failure;
        }

        if (merges is not { Count: > 0 } || text.Length == 0 || text[0] == '[')
        {
            try
            {
                operations = JsonPatch.Parse(text, file);
            }
            catch (BuildFailure failure)
            {
                jsonFailure = failure;
            }
        }

        if (merges is { Count: > 0 } && operations is { Count: > 0 })
        {
            throw new BuildFailure($"illegally qualifies as both an SM and JSON patch: {source}", config.Span) { Code = "kustomize-patch" };
        }

        if (mergeFailure is not null && jsonFailure is not null)
        {
            var cause = text.TrimStart() is ['[' or '-', ..] ? jsonFailure : mergeFailure;
            throw new BuildFailure($"unable to parse SM or JSON patch from {source}", cause.Span.IsKnown ? cause.Span : config.Span, cause.Message)
            {
                Code = "kustomize-patch",
            };
        }

        if (merges is not null && config.GetMap("options") is { } options)
        {
            foreach (var patch in merges)
            {
                patch.AllowsNameChange |= options.Flag("allowNameChange");
                patch.AllowsKindChange |= options.Flag("allowKindChange");
            }
        }

        var target = config.GetMap("target") is { } fields ? Selector.Parse(fields) : null;
        return new PatchTransformer(input.Context, source, target, merges, merges is null ? operations : null) { Span = config.Span };
    }

    private void Merge(ResourceList resources)
    {
        if (_target is not null)
        {
            if (_merges!.Count > 1)
            {
                throw new BuildFailure(
                    $"Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: {_source}")
                {
                    Code = "kustomize-patch",
                };
            }

            if (_merges.Count == 0)
            {
                return;
            }

            var selected = Select(resources);
            PatchApplying.MergeSelected(_context, resources, selected.Select(r => r.CurrentId.Key).ToHashSet(), _merges[0]);
            return;
        }

        foreach (var patch in _merges!)
        {
            Resource target;
            try
            {
                target = resources.GetById(patch.OriginalId);
            }
            catch (BuildFailure failure)
            {
                throw failure.Wrap($"no resource matches strategic merge patch \"{patch.OriginalId}\"").At(patch.Object.Span);
            }

            PatchApplying.Merge(_context, target, patch);
            if (patch.AllowsNameChange || patch.AllowsKindChange || target.IsEmpty)
            {
                resources.IdsChanged();
            }
        }
    }

    private void Apply(ResourceList resources)
    {
        if (_target is null)
        {
            throw new BuildFailure($"must specify a target for JSON patch {_source}") { Code = "kustomize-patch" };
        }

        foreach (var resource in Select(resources))
        {
            resource.StorePreviousId();
            PatchApplying.Apply(resource, _operations!);
        }

        resources.IdsChanged();
    }

    private List<Resource> Select(ResourceList resources)
    {
        var selected = resources.Where(_target!.Selects).ToList();
        if (selected.Count == 0)
        {
            _context.TellUnused(
                "kustomize-unused-patch",
                $"the target of the patch selects no resource: {_target!.Describe()}",
                _target.Fields.Span.IsKnown ? _target.Fields.Span : Span,
                "correct the target, or remove the patch");
        }

        return selected;
    }
}
