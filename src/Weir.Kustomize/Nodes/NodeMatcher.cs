using System.Globalization;
using Weir.Kustomize.Selecting;
using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// Follows one path to all nodes that match it, as replacements do: <c>*</c> takes every item, <c>[name=regex]</c>
/// the items whose field matches, and what is absent can be made.
/// </summary>
internal static class NodeMatcher
{
    public static List<Slot> Match(Value root, string[] path, NodeKind create)
    {
        var found = new List<Slot>();
        Follow(Slot.Detached(root), path, 0, create, found);
        return found;
    }

    private static void Follow(Slot slot, string[] path, int at, NodeKind create, List<Slot> found)
    {
        if (at == path.Length)
        {
            found.Add(slot);
            return;
        }

        var part = path[at];
        at++;
        if (FieldPath.IsIndex(part))
        {
            FollowIndex(slot.Value, part, path, at, create, found);
        }
        else if (FieldPath.IsItemMatch(part))
        {
            FollowItems(slot.Value, part, path, at, create, found);
        }
        else if (part == "*")
        {
            var list = Items(slot.Value);
            for (var i = 0; i < list.Count; i++)
            {
                Follow(Slot.Item(list, i), path, at, create, found);
            }
        }
        else
        {
            FollowField(slot.Value, part, path, at, create, found);
        }
    }

    private static void FollowField(Value node, string part, string[] path, int at, NodeKind create, List<Slot> found)
    {
        var field = Node.Get(node, part);
        if (field is null)
        {
            if (create == NodeKind.None)
            {
                return;
            }

            field = NodeLookup.Make(NodeLookup.KindFor(at < path.Length ? path[at] : "", create));
            (node as MapValue ?? throw Node.WrongKind("MappingNode", node))[part] = field;
        }

        if (Scalar.IsScalar(field) && at < path.Length)
        {
            // A document inside the scalar: its nodes are found, but writing to them reaches nobody.
            Follow(Slot.Detached(EmbeddedDocument.Read(Scalar.Text(field))), path, at, create, found);
            return;
        }

        Follow(Slot.Field((MapValue)node, part), path, at, create, found);
    }

    private static void FollowIndex(Value node, string part, string[] path, int at, NodeKind create, List<Slot> found)
    {
        var index = int.Parse(part, CultureInfo.InvariantCulture);
        var list = Items(node);
        if (list.Count == index && create != NodeKind.None)
        {
            list.Add(NodeLookup.Make(NodeLookup.KindFor(at < path.Length ? path[at] : "", create)));
        }

        if (index >= list.Count)
        {
            throw new BuildFailure(string.Create(
                CultureInfo.InvariantCulture, $"index {index} specified but only {list.Count} elements found"));
        }

        Follow(Slot.Item(list, index), path, at, create, found);
    }

    private static void FollowItems(Value node, string part, string[] path, int at, NodeKind create, List<Slot> found)
    {
        var (name, pattern) = FieldPath.SplitItemMatch(part);
        var list = Items(node);
        var before = found.Count;
        Search();
        if (create == NodeKind.None || found.Count > before)
        {
            return;
        }

        list.Add(name.Length == 0 ? Undecided(pattern) : new MapValue { [name] = Undecided(pattern) });
        Search(list.Count - 1);
        return;

        void Search(int from = 0)
        {
            var regex = Pattern.Compile(pattern);
            for (var i = from; i < list.Count; i++)
            {
                if (name.Length == 0)
                {
                    if (regex.IsMatch(Scalar.Display(list[i]).Trim()))
                    {
                        found.Add(Slot.Item(list, i));
                    }
                }
                else if (list[i] is MapValue item && item.TryGetValue(name, out var field) && regex.IsMatch(Scalar.Display(field).Trim()))
                {
                    Follow(Slot.Item(list, i), path, at, create, found);
                }
            }
        }
    }

    private static Value Undecided(string text) => Scalar.Of(text, ScalarTag.Undecided);

    private static ListValue Items(Value node) => node switch
    {
        ListValue list => list,
        _ when Scalar.IsNull(node) => [],
        _ => throw Node.WrongKind("SequenceNode", node),
    };
}
