namespace Weir.Cel.Syntax;

/// <summary>An object of a named type: <c>a.b.Type{field: value}</c>. No type of Kubernetes' expressions can be built so.</summary>
internal sealed class ObjectNode(string name, IReadOnlyList<CelNode> values, int position) : CelNode(position)
{
    public string Name { get; } = name;

    public IReadOnlyList<CelNode> Values { get; } = values;

    public override CelNode Copy() => new ObjectNode(Name, [.. Values.Select(v => v.Copy())], Position);
}
