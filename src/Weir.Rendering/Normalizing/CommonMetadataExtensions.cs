using Weir.Flux;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Writes labels and annotations into objects; what is there already is replaced.</summary>
internal static class CommonMetadataExtensions
{
    public static void AddLabel(this MapValue value, string name, string text) =>
        value.GetOrAddMap("metadata").GetOrAddMap("labels")[name] = text;

    public static void AddCommonMetadata(this MapValue value, CommonMetadata? metadata)
    {
        foreach (var (name, text) in metadata?.Labels ?? FieldMaps.None)
        {
            value.AddLabel(name, text);
        }

        foreach (var (name, text) in metadata?.Annotations ?? FieldMaps.None)
        {
            value.GetOrAddMap("metadata").GetOrAddMap("annotations")[name] = text;
        }
    }

    private static class FieldMaps
    {
        public static FieldMap<string> None { get; } = new([]);
    }
}
