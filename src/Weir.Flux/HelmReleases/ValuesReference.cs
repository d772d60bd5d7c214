using Weir.Values;

namespace Weir.Flux;

/// <summary>ConfigMaps and Secrets with values, merged in order before the inline values.</summary>
public sealed record ValuesReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["Secret", "ConfigMap"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules TargetPathRules = new() { Pattern = "^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$", MaxLength = 250 };
    private static readonly FieldRules ValuesKeyRules = new() { Pattern = "^[\\-._a-zA-Z0-9]+$", MaxLength = 253 };

    /// <summary>ConfigMap or Secret.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Take the value as it is at the target path, without the notation of --set.</summary>
    public bool? Literal { get; init; }

    /// <summary>The name of the ConfigMap or Secret.</summary>
    public string Name { get; init; } = "";

    /// <summary>Go on without it when it does not exist.</summary>
    public bool? Optional { get; init; }

    /// <summary>Where in the values the single value goes, in dot notation.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The key that holds the values; values.yaml when absent.</summary>
    public string? ValuesKey { get; init; }

    internal static ValuesReference ReadFields(FieldReader f) => new()
    {
        Kind = f.String("kind", "ConfigMap or Secret.", KindRules) ?? "",
        Literal = f.Bool("literal", "Take the value as it is at the target path, without the notation of --set."),
        Name = f.String("name", "The name of the ConfigMap or Secret.", NameRules) ?? "",
        Optional = f.Bool("optional", "Go on without it when it does not exist."),
        TargetPath = f.String("targetPath", "Where in the values the single value goes, in dot notation.", TargetPathRules),
        ValuesKey = f.String("valuesKey", "The key that holds the values; values.yaml when absent.", ValuesKeyRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("kind", Kind)
        .Add("literal", Literal)
        .Add("name", Name)
        .Add("optional", Optional)
        .Add("targetPath", TargetPath)
        .Add("valuesKey", ValuesKey)
        .Map;
}
