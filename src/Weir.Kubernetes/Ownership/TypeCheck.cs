using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Checks that an object fits its schema well enough to be merged, with the messages of structured-merge-diff.</summary>
internal sealed class TypeCheck
{
    private readonly List<string> _errors = [];
    private readonly List<PathElement> _path = [];

    /// <summary>What is wrong, as one message; <see langword="null"/> when nothing is.</summary>
    public static string? Check(MapValue value, Schema schema)
    {
        var check = new TypeCheck();
        check.Node(value, MergeNode.Root(schema));
        return check._errors.Count switch
        {
            0 => null,
            1 => check._errors[0],
            _ => "errors:\n  " + string.Join("\n  ", check._errors),
        };
    }

    private void Node(Value value, MergeNode node)
    {
        switch (node.ShapeOf(value))
        {
            case MergeShape.Map when value is MapValue map:
                Map(map, node);
                break;
            case MergeShape.Map when !value.IsNull:
                Add($"expected map, got &{{{GoText.Of(value)}}}");
                break;
            case MergeShape.List when value is ListValue list:
                List(list, node);
                break;
            case MergeShape.List when !value.IsNull:
                Add($"expected list, got &{{{GoText.Of(value)}}}");
                break;
            case MergeShape.Scalar when !value.IsNull:
                Scalar(value, node);
                break;
        }
    }

    private void Scalar(Value value, MergeNode node)
    {
        switch (node.Type)
        {
            case SchemaType.Integer or SchemaType.Number when value is not (IntValue or FloatValue):
                Add($"expected numeric (int or float), got {GoType(value)}");
                break;
            case SchemaType.Boolean when value is not BoolValue:
                Add($"expected boolean, got &{{{GoText.Of(value)}}}");
                break;
            case SchemaType.String when node.IsUntypedScalar && value is MapValue or ListValue:
                Add($"expected any scalar, got &{{{GoText.Of(value)}}}");
                break;
            case SchemaType.String when !node.IsUntypedScalar && value is not StringValue:
                Add($"expected string, got &value.valueUnstructured{{Value:{GoSyntax(value)}}}");
                break;
        }
    }

    private void Map(MapValue map, MergeNode node)
    {
        foreach (var (key, value) in map)
        {
            var child = node.Field(key, out var step, out _);
            _path.Add(step);
            if (child is not { } known)
            {
                Add("field not declared in schema");
                _path.RemoveAt(_path.Count - 1);
                return;
            }

            Node(value, known);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void List(ListValue list, MergeNode node)
    {
        var items = node.Item();
        var isAssociative = !node.IsAtomicList;
        var seen = isAssociative ? new HashSet<PathElement>(list.Count) : null;
        for (var i = 0; i < list.Count; i++)
        {
            PathElement step;
            if (isAssociative)
            {
                if (node.ElementOf(list[i], out var error) is not { } element)
                {
                    Add($"element {i}: {error}");
                    return;
                }

                step = element;
                if (!seen!.Add(element))
                {
                    Add($"duplicate entries for key {step}");
                }
            }
            else
            {
                step = PathElement.Index(i);
            }

            _path.Add(step);
            Node(list[i], items);
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private void Add(string message) => _errors.Add(_path.Count == 0 ? message : $"{string.Concat(_path)}: {message}");

    private static string GoType(Value value) => value switch
    {
        StringValue => "string",
        BoolValue => "bool",
        MapValue => "map[string]interface {}",
        ListValue => "[]interface {}",
        _ => "<nil>",
    };

    private static string GoSyntax(Value value) => value switch
    {
        StringValue s => GoQuote.Quote(s.Value),
        ListValue l => $"[]interface {{}}{{{string.Join(", ", l.Select(GoSyntax))}}}",
        MapValue m => $"map[string]interface {{}}{{{string.Join(", ", m.OrderBy(e => e.Key, GoString.Comparer).Select(e => $"{GoQuote.Quote(e.Key)}:{GoSyntax(e.Value)}"))}}}",
        NullValue => "interface {}(nil)",
        _ => GoText.Of(value),
    };
}
