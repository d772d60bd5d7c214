using Weir.Values;

namespace Weir.Flux;

/// <summary>Parts of objects that are left alone.</summary>
public sealed record IgnoreRule
{
    /// <summary>JSON pointers that are left alone.</summary>
    public FieldList<string>? Paths { get; init; }

    /// <summary>The objects the rule is about; all of them when absent.</summary>
    public ObjectSelector? Target { get; init; }

    internal static IgnoreRule ReadFields(FieldReader f) => new()
    {
        Paths = f.Strings("paths", "JSON pointers that are left alone.", FieldRules.Required),
        Target = f.Object("target", "The objects the rule is about; all of them when absent.", ObjectSelector.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("paths", Paths)
        .Add("target", Target?.WriteFields())
        .Map;
}
