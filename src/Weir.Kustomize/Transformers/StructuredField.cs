using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Writes into a document that a scalar of an object holds as JSON or YAML text.</summary>
internal static class StructuredField
{
    /// <summary>
    /// Sets the field when the path runs into a scalar whose text is a document with that field. False when it does
    /// not; then nothing was changed.
    /// </summary>
    public static bool TrySet(MapValue root, string[] path, Value value, NodeKind create)
    {
        if (path.Length < 2)
        {
            return false;
        }

        try
        {
            for (var i = 1; i < path.Length; i++)
            {
                if (TryFind(root, path.AsSpan(0, i)) is { } slot && Scalar.IsScalar(slot.Value))
                {
                    if (TryRead(Scalar.Text(slot.Value)) is not { } document)
                    {
                        continue;
                    }

                    return Set(slot, document, path[i..], value, create);
                }
            }
        }
        catch (BuildFailure)
        {
            // What does not work here is tried again as a plain path, whose failure is told.
        }

        return false;
    }

    private static Slot? TryFind(MapValue root, ReadOnlySpan<string> path)
    {
        try
        {
            return NodeLookup.FindSlot(root, path);
        }
        catch (BuildFailure)
        {
            return null;
        }
    }

    private static Value? TryRead(string text)
    {
        try
        {
            return EmbeddedDocument.Read(text);
        }
        catch (BuildFailure)
        {
            return null;
        }
    }

    private static bool Set(Slot slot, Value document, string[] path, Value value, NodeKind create)
    {
        var text = Scalar.Text(slot.Value);
        var targets = NodeMatcher.Match(document, path, create);
        if (targets.Count == 0 || text.Trim().Length == 0)
        {
            return false;
        }

        var edits = new List<EmbeddedYaml.Edit>();
        foreach (var target in targets)
        {
            var field = target;
            if (Scalar.IsScalar(field.Value))
            {
                edits.Add(new EmbeddedYaml.Edit(field.Value.Span, Scalar.Of(Scalar.Text(field.Value), Scalar.Tag(field.Value)), value));
            }

            field.Value = Scalar.IsScalar(field.Value) ? Scalar.OverwriteText(field.Value, Scalar.Text(value)) : value.DeepClone();
        }

        slot.Value = Scalar.OverwriteText(slot.Value, EmbeddedDocument.Write(document, text, edits));
        return true;
    }
}
