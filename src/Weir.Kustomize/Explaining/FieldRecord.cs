using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Explaining;

/// <summary>The changes of one object's fields in the order in which they happened.</summary>
internal sealed class FieldRecord
{
    private readonly List<FieldChange> _changes = [];

    public IReadOnlyList<FieldChange> Changes => _changes;

    /// <summary>Adds the fields that differ. Items of lists are told by name where they have one.</summary>
    public void Compare(string path, Value? before, Value? after, string step, SourceSpan span)
    {
        if (after is null)
        {
            if (before is not null)
            {
                _changes.Add(new FieldChange(path, null, step, span));
            }

            return;
        }

        switch (after)
        {
            case MapValue map:
                CompareMaps(path, before as MapValue, map, step, span);
                break;
            case ListValue list:
                CompareLists(path, before as ListValue, list, step, span);
                break;
            default:
                if (before is null or MapValue or ListValue || Scalar.Text(before) != Scalar.Text(after))
                {
                    // A text that a file brought says itself where it stands.
                    _changes.Add(new FieldChange(path, Scalar.Text(after), step, after.Span is { IsKnown: true, File: not null } ? after.Span : span));
                }

                break;
        }
    }

    private void CompareMaps(string path, MapValue? before, MapValue after, string step, SourceSpan span)
    {
        foreach (var (key, value) in after)
        {
            Compare(Join(path, key), before?[key], value, step, span);
        }

        foreach (var (key, value) in before ?? [])
        {
            if (!after.ContainsKey(key))
            {
                Compare(Join(path, key), value, null, step, span);
            }
        }
    }

    private void CompareLists(string path, ListValue? before, ListValue after, string step, SourceSpan span)
    {
        for (var i = 0; i < after.Count; i++)
        {
            var name = NameOf(after[i]);
            var old = name is null
                ? before is not null && i < before.Count ? before[i] : null
                : before?.FirstOrDefault(item => NameOf(item) == name);
            Compare(name is null ? $"{path}.{i}" : $"{path}.[name={name}]", old, after[i], step, span);
        }
    }

    private static string? NameOf(Value item) =>
        item is MapValue map && map["name"] is { } name && Scalar.IsString(name) ? Scalar.Text(name) : null;

    private static string Join(string path, string key)
    {
        var part = key.Contains('.', StringComparison.Ordinal) ? $"[{key}]" : key;
        return path.Length == 0 ? part : $"{path}.{part}";
    }
}
