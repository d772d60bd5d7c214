using Weir.Values;

namespace Weir.Cel;

/// <summary>An object that an expression built, with the name of its type.</summary>
public sealed class CelObject : CelValue
{
    internal CelObject(string typeName, MapValue fields)
    {
        TypeName = typeName;
        Fields = fields;
        Type = CelType.Object(typeName);
    }

    public string TypeName { get; }

    /// <summary>The fields as the expression gave them: their values may be objects again.</summary>
    public MapValue Fields { get; }

    public override CelType Type { get; }

    public override bool Equals(Value? other) => other is CelObject o && o.TypeName == TypeName && o.Fields.Equals(Fields);

    public override int GetHashCode() => Fields.Count;

    public override Value ToPlain() => Fields;
}
