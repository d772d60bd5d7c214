namespace Weir.Kubernetes;

/// <summary>Collects the members and children of one level. Elements may come in any order, and must not repeat.</summary>
internal sealed class FieldSetBuilder(int members = 4, int children = 4)
{
    private static readonly Comparison<FieldSetChild> ByElement = static (a, b) => a.Element.CompareTo(b.Element);

    private PathElement[] _members = members == 0 ? [] : new PathElement[members];
    private FieldSetChild[] _children = children == 0 ? [] : new FieldSetChild[children];
    private int _memberCount;
    private int _childCount;

    public void Add(PathElement member)
    {
        if (_memberCount == _members.Length)
        {
            Array.Resize(ref _members, Math.Max(4, _memberCount * 2));
        }

        _members[_memberCount++] = member;
    }

    /// <summary>Adds what lies below a step; nothing when it is empty.</summary>
    public void Add(PathElement element, FieldSet set)
    {
        if (!set.IsEmpty)
        {
            Add(new FieldSetChild(element, set));
        }
    }

    public void Add(FieldSetChild child)
    {
        if (_childCount == _children.Length)
        {
            Array.Resize(ref _children, Math.Max(4, _childCount * 2));
        }

        _children[_childCount++] = child;
    }

    /// <summary>The set of elements that came in any order.</summary>
    public FieldSet ToSet()
    {
        for (var i = 1; i < _memberCount; i++)
        {
            if (_members[i - 1].CompareTo(_members[i]) > 0)
            {
                Array.Sort(_members, 0, _memberCount);
                break;
            }
        }

        for (var i = 1; i < _childCount; i++)
        {
            if (ByElement(_children[i - 1], _children[i]) > 0)
            {
                _children.AsSpan(0, _childCount).Sort(ByElement);
                break;
            }
        }

        return ToSortedSet();
    }

    /// <summary>The set of elements that came in order.</summary>
    public FieldSet ToSortedSet()
    {
        if (_memberCount == 0 && _childCount == 0)
        {
            return FieldSet.Empty;
        }

        Array.Resize(ref _members, _memberCount);
        Array.Resize(ref _children, _childCount);
        return new(_members, _children);
    }
}
