using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// An immutable set of paths: what a manager owns. A path that ends here is a member; longer paths live in children.
/// Members and children are sorted, so that sets combine in one pass.
/// </summary>
public sealed class FieldSet : IEquatable<FieldSet>
{
    private readonly PathElement[] _members;
    private readonly FieldSetChild[] _children;

    internal FieldSet(PathElement[] members, FieldSetChild[] children)
    {
        _members = members;
        _children = children;
    }

    public static FieldSet Empty { get; } = new([], []);

    /// <summary>True when it holds no path.</summary>
    public bool IsEmpty => _members.Length == 0 && _children.Length == 0;

    internal ReadOnlySpan<PathElement> Members => _members;

    internal ReadOnlySpan<FieldSetChild> Children => _children;

    /// <summary>A set of paths of field names.</summary>
    public static FieldSet Of(params ReadOnlySpan<string[]> paths)
    {
        var set = Empty;
        foreach (var path in paths)
        {
            set = set.Union(Single(path.Select(PathElement.Field).ToArray()));
        }

        return set;
    }

    /// <summary>A set of one path.</summary>
    public static FieldSet Single(params ReadOnlySpan<PathElement> path)
    {
        var set = new FieldSet([path[^1]], []);
        for (var i = path.Length - 2; i >= 0; i--)
        {
            set = new([], [new(path[i], set)]);
        }

        return set;
    }

    /// <summary>Reads <c>fieldsV1</c>. Steps of unknown kinds are skipped.</summary>
    public static FieldSet Read(MapValue fields)
    {
        var builder = new FieldSetBuilder();
        foreach (var (key, value) in fields)
        {
            if (key == "." || PathElement.Parse(key) is not { } element)
            {
                continue;
            }

            var map = value as MapValue;
            var child = map is null || map.Count == 0 ? Empty : Read(map);
            if (child.IsEmpty || map!.ContainsKey("."))
            {
                builder.Add(element);
            }

            builder.Add(element, child);
        }

        return builder.ToSet();
    }

    /// <summary>Writes <c>fieldsV1</c>.</summary>
    public MapValue Write() => Write(includesSelf: false);

    public bool Contains(params ReadOnlySpan<PathElement> path)
    {
        FieldSet? set = this;
        foreach (var element in path[..^1])
        {
            set = set?.Child(element);
        }

        return set?.HasMember(path[^1]) ?? false;
    }

    /// <summary>Whether a path of field names is a member.</summary>
    public bool Contains(params ReadOnlySpan<string> path)
    {
        var elements = new PathElement[path.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = PathElement.Field(path[i]);
        }

        return Contains(elements.AsSpan());
    }

    public FieldSet Union(FieldSet other)
    {
        if (other.IsEmpty || ReferenceEquals(this, other))
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        var builder = new FieldSetBuilder(_members.Length + other._members.Length, _children.Length + other._children.Length);
        var (i, j) = (0, 0);
        while (i < _members.Length || j < other._members.Length)
        {
            var order = Order(_members, i, other._members, j);
            builder.Add(order <= 0 ? _members[i] : other._members[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        (i, j) = (0, 0);
        while (i < _children.Length || j < other._children.Length)
        {
            var order = Order(_children, i, other._children, j);
            if (order == 0)
            {
                builder.Add(_children[i].Element, _children[i].Set.Union(other._children[j].Set));
            }
            else
            {
                builder.Add(order < 0 ? _children[i] : other._children[j]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return builder.ToSortedSet();
    }

    public FieldSet Intersect(FieldSet other)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return Empty;
        }

        var builder = new FieldSetBuilder();
        for (int i = 0, j = 0; i < _members.Length && j < other._members.Length;)
        {
            var order = _members[i].CompareTo(other._members[j]);
            if (order == 0)
            {
                builder.Add(_members[i]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        for (int i = 0, j = 0; i < _children.Length && j < other._children.Length;)
        {
            var order = _children[i].Element.CompareTo(other._children[j].Element);
            if (order == 0)
            {
                builder.Add(_children[i].Element, _children[i].Set.Intersect(other._children[j].Set));
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return builder.ToSortedSet();
    }

    /// <summary>Without the members of the other set. What lies below a removed member stays.</summary>
    public FieldSet Except(FieldSet other) => Except(other, isRecursive: false);

    /// <summary>Without the members of the other set and all that lies below them.</summary>
    public FieldSet ExceptBelow(FieldSet other) => Except(other, isRecursive: true);

    /// <summary>The paths, each in the form of messages: <c>.spec.containers[name="a"].image</c>.</summary>
    public IEnumerable<string> Paths()
    {
        var paths = new List<string>();
        Collect("", paths);
        return paths;
    }

    public bool Equals(FieldSet? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _members.Length != other._members.Length || _children.Length != other._children.Length)
        {
            return false;
        }

        for (var i = 0; i < _members.Length; i++)
        {
            if (!_members[i].Equals(other._members[i]))
            {
                return false;
            }
        }

        for (var i = 0; i < _children.Length; i++)
        {
            if (!_children[i].Element.Equals(other._children[i].Element) || !_children[i].Set.Equals(other._children[i].Set))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    public override int GetHashCode() => HashCode.Combine(_members.Length, _children.Length);

    public override string ToString() => string.Join('\n', Paths());

    internal bool HasMember(PathElement element) => Array.BinarySearch(_members, element) >= 0;

    /// <summary>What lies below a step, or <see langword="null"/> when nothing does.</summary>
    internal FieldSet? Child(PathElement element)
    {
        var (low, high) = (0, _children.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = _children[middle].Element.CompareTo(element);
            if (order == 0)
            {
                return _children[middle].Set;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>The same set in which declared fields that have children are members too.</summary>
    internal FieldSet WithNamedFields(MergeNode? node)
    {
        if (IsEmpty)
        {
            return this;
        }

        var builder = new FieldSetBuilder(_members.Length + _children.Length, _children.Length);
        foreach (var member in _members)
        {
            builder.Add(member);
        }

        foreach (var child in _children)
        {
            if (child.Element.FieldName is { } name && node?.Declares(name) == true && !HasMember(child.Element))
            {
                builder.Add(child.Element);
            }

            builder.Add(child.Element, child.Set.WithNamedFields(node?.Step(child.Element)));
        }

        return builder.ToSet();
    }

    private FieldSet Except(FieldSet other, bool isRecursive)
    {
        if (IsEmpty || other.IsEmpty)
        {
            return this;
        }

        var builder = new FieldSetBuilder(_members.Length, _children.Length);
        for (int i = 0, j = 0; i < _members.Length;)
        {
            var order = Order(_members, i, other._members, j);
            if (order < 0)
            {
                builder.Add(_members[i]);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        for (int i = 0, j = 0; i < _children.Length;)
        {
            var order = Order(_children, i, other._children, j);
            if (order <= 0 && !(isRecursive && other.HasMember(_children[i].Element)))
            {
                builder.Add(_children[i].Element, order < 0 ? _children[i].Set : _children[i].Set.Except(other._children[j].Set, isRecursive));
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return builder.ToSortedSet();
    }

    // The order of two places of which at most one is past its end.
    private static int Order(PathElement[] left, int i, PathElement[] right, int j) =>
        i >= left.Length ? 1 : j >= right.Length ? -1 : left[i].CompareTo(right[j]);

    private static int Order(FieldSetChild[] left, int i, FieldSetChild[] right, int j) =>
        i >= left.Length ? 1 : j >= right.Length ? -1 : left[i].Element.CompareTo(right[j].Element);

    private MapValue Write(bool includesSelf)
    {
        var fields = new MapValue(_members.Length + _children.Length + 1);
        if (includesSelf)
        {
            fields["."] = new MapValue(0);
        }

        var (i, j) = (0, 0);
        while (i < _members.Length || j < _children.Length)
        {
            var order = i >= _members.Length ? 1 : j >= _children.Length ? -1 : _members[i].CompareTo(_children[j].Element);
            if (order < 0)
            {
                fields[_members[i].Serialize()] = new MapValue(0);
            }
            else
            {
                fields[_children[j].Element.Serialize()] = _children[j].Set.Write(includesSelf: order == 0);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return fields;
    }

    private void Collect(string prefix, List<string> paths)
    {
        foreach (var member in _members)
        {
            paths.Add(prefix + member);
        }

        foreach (var child in _children)
        {
            child.Set.Collect(prefix + child.Element, paths);
        }
    }
}
