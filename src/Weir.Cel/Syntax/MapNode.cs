namespace Weir.Cel.Syntax;

/// <summary>A map; entries marked optional are left out when their value is absent.</summary>
internal sealed class MapNode(IReadOnlyList<(CelNode Key, CelNode Value, bool IsOptional)> entries, int position) : CelNode(position)
{
    public IReadOnlyList<(CelNode Key, CelNode Value, bool IsOptional)> Entries { get; } = entries;

    public override CelNode Copy() => new MapNode([.. Entries.Select(e => (e.Key.Copy(), e.Value.Copy(), e.IsOptional))], Position);
}
