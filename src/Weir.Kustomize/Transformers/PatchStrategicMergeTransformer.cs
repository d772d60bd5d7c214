using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>The patches of <c>patchesStrategicMerge</c>, each for the one resource of its own id.</summary>
internal sealed class PatchStrategicMergeTransformer(IReadOnlyList<Resource> patches, BuildContext context) : Transformer
{
    private static readonly GoStruct Config = new(
        "PatchStrategicMergeTransformerPlugin", ("paths", GoType.StringList), ("patches", GoType.String));

    public override string Kind => "PatchStrategicMergeTransformer";

    public static PatchStrategicMergeTransformer Configure(MapValue config, PluginInput input)
    {
        var decoded = PluginInput.Decode(config, Config);
        var (paths, inline) = (decoded.Strings("paths"), decoded.Text("patches"));
        if (paths.Count == 0 && inline.Length == 0)
        {
            throw new BuildFailure("empty file path and empty patch content", config.Span) { Code = "kustomize-empty-patch" };
        }

        var patches = new List<Resource>();
        for (var i = 0; i < paths.Count; i++)
        {
            patches.AddRange(Load(paths[i], decoded.ItemSpan("paths", i), input));
        }

        if (inline.Length > 0)
        {
            patches.AddRange(input.Reader.Read(inline, file: null));
        }

        return patches.Count > 0
            ? new PatchStrategicMergeTransformer(patches, input.Context) { Span = config.Span }
            : throw new BuildFailure($"patch appears to be empty; files=[{string.Join(' ', paths)}], Patch={inline}", config.Span)
            {
                Code = "kustomize-empty-patch",
            };
    }

    public override void Transform(ResourceList resources)
    {
        foreach (var patch in patches)
        {
            try
            {
                var target = resources.GetById(patch.OriginalId);
                PatchApplying.MergeSelected(context, resources, new HashSet<ResourceKey> { target.CurrentId.Key }, patch);
            }
            catch (BuildFailure failure)
            {
                throw failure.At(patch.Object.Span);
            }
        }
    }

    /// <summary>An entry is the patch itself, or else the file that holds it.</summary>
    private static List<Resource> Load(string entry, SourceSpan span, PluginInput input)
    {
        try
        {
            return input.Reader.Read(entry, file: null);
        }
        catch (BuildFailure)
        {
            try
            {
                return input.Reader.Read(input.Loader.LoadText(entry), input.Loader.Display(entry));
            }
            catch (BuildFailure failure)
            {
                throw (failure.IsMalformedYaml ? failure.WithMessage($"{failure.Message} in File: {entry}") : failure).At(span);
            }
        }
    }
}
