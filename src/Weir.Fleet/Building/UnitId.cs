namespace Weir.Fleet;

/// <summary>A Kustomization or a HelmRelease of one cluster.</summary>
public readonly record struct UnitId(string Cluster, string Kind, string Namespace, string Name) : IComparable<UnitId>
{
    public int CompareTo(UnitId other)
    {
        var difference = string.CompareOrdinal(Cluster, other.Cluster);
        difference = difference == 0 ? string.CompareOrdinal(Kind, other.Kind) : difference;
        difference = difference == 0 ? string.CompareOrdinal(Namespace, other.Namespace) : difference;
        return difference == 0 ? string.CompareOrdinal(Name, other.Name) : difference;
    }

    public static bool operator <(UnitId left, UnitId right) => left.CompareTo(right) < 0;

    public static bool operator >(UnitId left, UnitId right) => left.CompareTo(right) > 0;

    public static bool operator <=(UnitId left, UnitId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(UnitId left, UnitId right) => left.CompareTo(right) >= 0;

    /// <summary><c>cluster: Kind/namespace/name</c>.</summary>
    public override string ToString() => $"{Cluster}: {Kind}/{Namespace}/{Name}";
}
