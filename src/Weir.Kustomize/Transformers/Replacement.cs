using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Selecting;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>One entry of <c>replacements</c>: where a value comes from and where it goes.</summary>
internal sealed record Replacement(MapValue? Source, string? SourceValue, IReadOnlyList<ReplacementTarget>? Targets, SourceSpan Span)
{
    public static Replacement Read(MapValue fields)
    {
        var targets = fields.ContainsKey("targets") ? fields.Maps("targets").Select(ReplacementTarget.Read).ToList() : null;
        return new(fields.GetMap("source"), fields.GetString("sourceValue"), targets, fields.Span);
    }
}

/// <summary>Fields of the selected objects that get the value.</summary>
internal sealed record ReplacementTarget(
    Selector? Select, IReadOnlyList<Selector> Reject, IReadOnlyList<string> FieldPaths, FieldOptions? Options, SourceSpan Span)
{
    public const string DefaultFieldPath = "metadata.name";

    public static ReplacementTarget Read(MapValue fields)
    {
        var paths = fields.Strings("fieldPaths");
        return new(
            fields.GetMap("select") is { } select ? Selector.Parse(select) : null,
            [.. fields.Maps("reject").Select(Selector.Parse)],
            paths.Count > 0 ? paths : [DefaultFieldPath],
            fields.GetMap("options") is { } options ? FieldOptions.Read(options) : null,
            fields.Span);
    }
}

/// <summary>Which part of a field is read or written, and whether it is made when absent.</summary>
internal sealed record FieldOptions(string Delimiter, long Index, bool Create)
{
    public static FieldOptions Read(MapValue fields) => new(fields.Text("delimiter"), fields.GetInt("index") ?? 0, fields.Flag("create"));
}
