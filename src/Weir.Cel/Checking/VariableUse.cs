using Weir.Cel.Syntax;

namespace Weir.Cel.Checking;

/// <summary>Which variables an expression reads.</summary>
internal static class VariableUse
{
    public static bool Occurs(CelNode node, string name) => node switch
    {
        IdentifierNode identifier => identifier.Name == name,
        SelectNode select => select.QualifiedName is { } qualified
            ? qualified == name || qualified.StartsWith(name + ".", StringComparison.Ordinal)
            : Occurs(select.Operand, name),
        CallNode call => (call.Target is not null && Occurs(call.Target, name)) || call.Arguments.Any(a => Occurs(a, name)),
        ListNode list => list.Items.Any(i => Occurs(i.Item, name)),
        MapNode map => map.Entries.Any(e => Occurs(e.Key, name) || Occurs(e.Value, name)),
        ObjectNode built => built.Fields.Any(f => Occurs(f.Value, name)),
        FoldNode fold => Occurs(fold.Range, name) || Occurs(fold.Init, name)
            || (fold.Variable != name && fold.SecondVariable != name && fold.Accumulator != name
                && (Occurs(fold.Condition, name) || Occurs(fold.Step, name) || Occurs(fold.Result, name))),
        _ => false,
    };
}
