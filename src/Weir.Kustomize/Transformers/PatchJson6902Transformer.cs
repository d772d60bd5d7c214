using Weir.Kustomize.JsonPatches;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Kustomize.Selecting;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>One entry of <c>patchesJson6902</c>: JSON operations for the selected resources.</summary>
internal sealed class PatchJson6902Transformer(Selector target, JsonPatch patch, BuildContext context) : Transformer
{
    private static readonly GoStruct Config = new(
        "PatchJson6902TransformerPlugin", ("target", KustomizationTypes.Selector), ("path", GoType.String), ("jsonOp", GoType.String));

    public override string Kind => "PatchJson6902Transformer";

    public static PatchJson6902Transformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        var (path, text) = (decoded.Text("path"), decoded.Text("jsonOp"));
        var target = decoded.GetMap("target");
        if (target is null || target.Text("name").Length == 0)
        {
            throw Failure("must specify the target name", config);
        }

        if (path.Length == 0 && text.Length == 0)
        {
            throw Failure("empty file path and empty jsonOp", config);
        }

        if (path.Length > 0 && text.Length > 0)
        {
            throw Failure("must specify a file path or jsonOp, not both", config);
        }

        string? file = null;
        if (path.Length > 0)
        {
            text = input.Loader.LoadText(path);
            file = input.Loader.Display(path);
            if (text.Length == 0)
            {
                throw Failure($"patch file '{path}' empty seems to be empty", config);
            }
        }

        var patch = JsonPatch.Parse(text, file);
        return patch.Count > 0
            ? new PatchJson6902Transformer(Selector.Parse(target), patch, input.Context) { Span = config.Span }
            : throw Failure($"patch appears to be empty; file={path}, JsonOp={text}", config);
    }

    public override void Transform(ResourceList resources)
    {
        var selected = resources.Where(target.Selects).ToList();
        if (selected.Count == 0)
        {
            context.TellUnused(
                "kustomize-unused-patch", $"the target of the patch selects no resource: {target.Describe()}", Span, "correct the target, or remove the patch");
        }

        foreach (var resource in selected)
        {
            try
            {
                PatchApplying.Apply(resource, patch);
            }
            catch (BuildFailure failure)
            {
                throw failure.At(Span);
            }
        }

        resources.IdsChanged();
    }

    private static BuildFailure Failure(string message, MapValue config) => new(message, config.Span) { Code = "kustomize-patch" };
}
