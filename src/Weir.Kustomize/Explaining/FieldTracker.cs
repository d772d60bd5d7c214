using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Explaining;

/// <summary>
/// Compares objects before and after every step and notes which fields changed. It stands beside the pipeline, so
/// that builds that do not ask for it pay nothing.
/// </summary>
internal sealed class FieldTracker
{
    private readonly Dictionary<Resource, MapValue> _before = [];
    private readonly Dictionary<Resource, FieldRecord> _records = [];

    /// <summary>Remembers the objects as they are.</summary>
    public void Before(ResourceList resources)
    {
        _before.Clear();
        foreach (var resource in resources)
        {
            _before[resource] = resource.Object.DeepClone();
        }
    }

    /// <summary>Notes what a step changed.</summary>
    public void After(ResourceList resources, string transformer, SourceSpan span)
    {
        foreach (var resource in resources)
        {
            var record = RecordOf(resource);
            var before = _before.GetValueOrDefault(resource);
            record.Compare("", before, resource.Object, transformer, span);
        }
    }

    /// <summary>Notes that a resource came from a file or a generator; every field says where it was written.</summary>
    public void Loaded(IEnumerable<Resource> resources, string how)
    {
        foreach (var resource in resources)
        {
            RecordOf(resource).Compare("", null, resource.Object, how, resource.Object.Span);
        }
    }

    /// <summary>Notes that one resource took the place of another, whose history it continues.</summary>
    public void Replaced(Resource old, Resource replacement, string how, SourceSpan span)
    {
        var record = RecordOf(old);
        _records[replacement] = record;
        record.Compare("", old.Object, replacement.Object, how, span);
    }

    /// <summary>What was noted about the objects of the result.</summary>
    public FieldHistory ToHistory(IReadOnlyList<Resource> resources) =>
        new([.. resources.Select(r => new ObjectHistory(r.Object, RecordOf(r).Changes))]);

    private FieldRecord RecordOf(Resource resource)
    {
        if (!_records.TryGetValue(resource, out var record))
        {
            _records[resource] = record = new FieldRecord();
        }

        return record;
    }
}
