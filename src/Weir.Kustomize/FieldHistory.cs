namespace Weir.Kustomize;

/// <summary>Who set which field of the objects of a build, in the order of the objects.</summary>
public sealed record FieldHistory(IReadOnlyList<ObjectHistory> Objects)
{
    /// <summary>
    /// The changes of a field and of all below it, an object at a time; objects without it are left out. The path may
    /// begin with <c>Kind/name:</c> to mean one object.
    /// </summary>
    public IEnumerable<(ObjectHistory Object, IReadOnlyList<FieldChange> Changes)> Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var colon = path.IndexOf(':', StringComparison.Ordinal);
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var hasObject = colon > 0 && slash > 0 && slash < colon;
        var (kind, name) = hasObject ? (path[..slash], path[(slash + 1)..colon]) : ("", "");
        var field = (hasObject ? path[(colon + 1)..] : path).TrimStart('.');
        foreach (var candidate in Objects)
        {
            if (hasObject && !candidate.Is(kind, name))
            {
                continue;
            }

            var changes = candidate.Changes.Where(c => c.IsWithin(field)).ToList();
            if (changes.Count > 0 && changes.Exists(c => c.Text is not null))
            {
                yield return (candidate, changes);
            }
        }
    }
}
