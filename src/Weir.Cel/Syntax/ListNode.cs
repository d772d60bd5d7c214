namespace Weir.Cel.Syntax;

/// <summary>A list; items marked optional are left out when they are absent.</summary>
internal sealed class ListNode(IReadOnlyList<(CelNode Item, bool IsOptional)> items, int position) : CelNode(position)
{
    public IReadOnlyList<(CelNode Item, bool IsOptional)> Items { get; } = items;

    public override CelNode Copy() => new ListNode([.. Items.Select(i => (i.Item.Copy(), i.IsOptional))], Position);
}
