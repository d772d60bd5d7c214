namespace Weir.Fleet;

/// <summary>What happens to an object or a unit.</summary>
public enum ChangeKind
{
    Created,
    Changed,
    Deleted,
    Renamed,
}
