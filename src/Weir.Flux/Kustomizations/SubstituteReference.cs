using Weir.Values;

namespace Weir.Flux;

/// <summary>ConfigMaps and Secrets whose keys are variables.</summary>
public sealed record SubstituteReference
{
    private static readonly FieldRules KindRules = new() { IsRequired = true, OneOf = ["Secret", "ConfigMap"] };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules OptionalRules = new() { Default = false };

    /// <summary>ConfigMap or Secret.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The name of the ConfigMap or Secret.</summary>
    public string Name { get; init; } = "";

    /// <summary>Go on without it when it does not exist.</summary>
    public bool? Optional { get; init; }

    internal static SubstituteReference ReadFields(FieldReader f) => new()
    {
        Kind = f.String("kind", "ConfigMap or Secret.", KindRules) ?? "",
        Name = f.String("name", "The name of the ConfigMap or Secret.", NameRules) ?? "",
        Optional = f.Bool("optional", "Go on without it when it does not exist.", OptionalRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("kind", Kind)
        .Add("name", Name)
        .Add("optional", Optional)
        .Map;
}
