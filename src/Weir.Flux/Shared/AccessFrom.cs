using Weir.Values;

namespace Weir.Flux;

/// <summary>Who may refer to an object.</summary>
public sealed record AccessFrom
{
    /// <summary>Namespaces that may refer to this object; one match is enough.</summary>
    public FieldList<NamespaceSelector>? NamespaceSelectors { get; init; }

    internal static AccessFrom ReadFields(FieldReader f) => new()
    {
        NamespaceSelectors = f.Objects("namespaceSelectors", "Namespaces that may refer to this object; one match is enough.", NamespaceSelector.ReadFields, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("namespaceSelectors", NamespaceSelectors, static x => x.WriteFields())
        .Map;
}
