namespace Weir.Cel.Syntax;

/// <summary>An object of a named type: <c>a.b.Type{field: value}</c>. Fields marked optional are left out when their value is absent.</summary>
internal sealed class ObjectNode(string name, IReadOnlyList<(string Field, CelNode Value, bool IsOptional, int Position)> fields, int position) : CelNode(position)
{
    public string Name { get; } = name;

    public IReadOnlyList<(string Field, CelNode Value, bool IsOptional, int Position)> Fields { get; } = fields;

    public override CelNode Copy() => new ObjectNode(Name, [.. Fields.Select(f => (f.Field, f.Value.Copy(), f.IsOptional, f.Position))], Position);
}
