using System.Globalization;
using Weir.Kustomize.Nodes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kustomize.JsonPatches;

/// <summary>
/// A list of RFC 6902 operations, applied as the library that kustomize uses applies them: negative indexes count
/// from the end, and what stands before the first slash of a pointer counts for nothing.
/// </summary>
internal sealed class JsonPatch
{
    private const int MaxDepth = 1_000;

    private readonly IReadOnlyList<MapValue> _operations;

    private JsonPatch(IReadOnlyList<MapValue> operations) => _operations = operations;

    public int Count => _operations.Count;

    /// <summary>Reads a patch: JSON when the text begins with a bracket, else YAML.</summary>
    public static JsonPatch Parse(string text, string? file)
    {
        if (text.Length == 0)
        {
            throw Failure("empty json patch operations");
        }

        var parsed = text[0] == '['
            ? JsonReader.Read(GoString.ToBytes(text), file)
            : YamlReader.Read(text, new YamlReadOptions { File = file });
        if (!parsed.TryGet(out var root))
        {
            throw NodeReader.Malformed(parsed.Diagnostics);
        }

        if (root.IsNull)
        {
            return new JsonPatch([]);
        }

        if (root is not ListValue list)
        {
            throw Failure($"json: cannot unmarshal {KindOf(root)} into Go value of type jsonpatch.Patch", root.Span);
        }

        var operations = new List<MapValue>(list.Count);
        foreach (var item in list)
        {
            operations.Add(item as MapValue
                ?? throw Failure($"json: cannot unmarshal {KindOf(item)} into Go value of type jsonpatch.Operation", item.Span));
        }

        return new JsonPatch(operations);
    }

    /// <summary>Applies every operation to a settled object.</summary>
    public Value Apply(Value document)
    {
        foreach (var operation in _operations)
        {
            try
            {
                document = Apply(document, operation);
            }
            catch (BuildFailure failure)
            {
                throw failure.At(operation.Span);
            }
        }

        return document;
    }

    private static Value Apply(Value document, MapValue operation)
    {
        switch (operation.GetString("op") ?? "unknown")
        {
            case "add":
                Add(document, operation);
                return document;
            case "remove":
                Remove(document, operation);
                return document;
            case "replace":
                return Replace(document, operation);
            case "move":
                Move(document, operation);
                return document;
            case "copy":
                Copy(document, operation);
                return document;
            case "test":
                Test(document, operation);
                return document;
            case var kind:
                throw Failure($"Unexpected kind: {kind}", hint: "an operation is add, remove, replace, move, copy or test");
        }
    }

    private static void Add(Value document, MapValue operation)
    {
        var path = Path(operation, "path", "add operation failed to decode path");
        var (container, key) = Find(document, path) ?? throw Missing($"add operation does not apply: doc is missing path: \"{path}\"");
        AddTo(container, key, NewValue(operation), $"error in add for path: '{path}'");
    }

    private static void Remove(Value document, MapValue operation)
    {
        var path = Path(operation, "path", "remove operation failed to decode path");
        var (container, key) = Find(document, path) ?? throw Missing($"remove operation does not apply: doc is missing path: \"{path}\"");
        RemoveFrom(container, key, $"error in remove for path: '{path}'");
    }

    private static Value Replace(Value document, MapValue operation)
    {
        var path = Path(operation, "path", "replace operation failed to decode path");
        if (path.Length == 0)
        {
            return operation["value"] is MapValue or ListValue
                ? NewValue(operation)
                : throw Failure("replace operation value must be object or array");
        }

        var (container, key) = Find(document, path) ?? throw Missing($"replace operation does not apply: doc is missing path: {path}");
        if (container is MapValue map)
        {
            map[key] = map.ContainsKey(key)
                ? NewValue(operation)
                : throw Missing($"replace operation does not apply: doc is missing key: {path}");
            return document;
        }

        var list = (ListValue)container;
        list[Index(list, key) ?? throw Missing($"replace operation does not apply: doc is missing key: {path}")] = NewValue(operation);
        return document;
    }

    private static void Move(Value document, MapValue operation)
    {
        var from = Path(operation, "from", "move operation failed to decode from");
        var (container, key) = Find(document, from) ?? throw Missing($"move operation does not apply: doc is missing from path: {from}");
        var value = Get(container, key, $"error in move for path: '{key}'") ?? NullValue.Instance;
        RemoveFrom(container, key, $"error in move for path: '{key}'");
        var path = Path(operation, "path", "move operation failed to decode path");
        var (target, targetKey) = Find(document, path) ?? throw Missing($"move operation does not apply: doc is missing destination path: {path}");
        AddTo(target, targetKey, value, $"error in move for path: '{path}'");
    }

    private static void Copy(Value document, MapValue operation)
    {
        var from = Path(operation, "from", "copy operation failed to decode from");
        var (container, key) = Find(document, from) ?? throw Missing($"copy operation does not apply: doc is missing from path: {from}");
        var value = Get(container, key, $"error in copy for from: '{from}'")?.DeepClone() ?? NullValue.Instance;
        var path = Path(operation, "path", "copy operation failed to decode path");
        var (target, targetKey) = Find(document, path) ?? throw Missing($"copy operation does not apply: doc is missing destination path: {path}");
        AddTo(target, targetKey, value, "error while adding value during copy");
    }

    private static void Test(Value document, MapValue operation)
    {
        var path = Path(operation, "path", "test operation failed to decode path");
        Value? found;
        if (path.Length == 0)
        {
            found = document;
        }
        else
        {
            var (container, key) = Find(document, path) ?? throw Missing($"test operation does not apply: is missing path: {path}");
            found = Get(container, key, $"error in test for path: '{path}'");
        }

        if (!AreEqual(found ?? NullValue.Instance, NewValue(operation)))
        {
            throw Failure($"testing value {path} failed: test failed");
        }
    }

    private static bool AreEqual(Value left, Value right) => (left, right) switch
    {
        (IntValue or FloatValue, IntValue or FloatValue) => left.ToString() == right.ToString(),
        (MapValue l, MapValue r) => l.Count == r.Count && l.All(e => r[e.Key] is { } other && AreEqual(e.Value, other)),
        (ListValue l, ListValue r) => l.Count == r.Count && l.Zip(r).All(p => AreEqual(p.First, p.Second)),
        _ => left.Equals(right),
    };

    private static Value NewValue(MapValue operation) => operation["value"]?.DeepClone() ?? NullValue.Instance;

    private static string Path(MapValue operation, string field, string message) => operation[field] switch
    {
        StringValue text => text.Value,
        null or NullValue => throw Missing($"{message}: operation missing {field} field"),
        _ => throw Failure(message),
    };

    /// <summary>The list or map that holds the last part of a pointer. What comes before the first slash counts for nothing.</summary>
    private static (Value Container, string Key)? Find(Value document, string pointer)
    {
        var parts = pointer.Split('/');
        if (parts.Length < 2 || parts.Length > MaxDepth)
        {
            return null;
        }

        var container = document;
        for (var i = 1; i < parts.Length - 1; i++)
        {
            var next = container switch
            {
                MapValue map => map[Decode(parts[i])],
                ListValue list => Index(list, Decode(parts[i])) is { } index ? list[index] : null,
                _ => null,
            };
            if (next is not (MapValue or ListValue))
            {
                return null;
            }

            container = next;
        }

        return container is MapValue or ListValue ? (container, Decode(parts[^1])) : null;
    }

    private static string Decode(string part) => part.Contains('~', StringComparison.Ordinal)
        ? part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
        : part;

    private static Value? Get(Value container, string key, string message)
    {
        if (container is MapValue map)
        {
            return map[key];
        }

        var list = (ListValue)container;
        return list[Index(list, key) ?? throw InvalidIndex(message, key)];
    }

    private static void AddTo(Value container, string key, Value value, string message)
    {
        if (container is MapValue map)
        {
            map[key] = value;
            return;
        }

        var list = (ListValue)container;
        if (key == "-")
        {
            list.Add(value);
            return;
        }

        var size = list.Count + 1;
        if (!FieldPath.TryIndex(key, out var index) || index >= size || index < -size)
        {
            throw InvalidIndex(message, key);
        }

        list.Insert(index < 0 ? index + size : index, value);
    }

    private static void RemoveFrom(Value container, string key, string message)
    {
        if (container is MapValue map)
        {
            if (!map.Remove(key))
            {
                throw Missing($"{message}: Unable to remove nonexistent key: {key}");
            }

            return;
        }

        var list = (ListValue)container;
        list.RemoveAt(Index(list, key) ?? throw InvalidIndex(message, key));
    }

    private static int? Index(ListValue list, string key)
    {
        if (!FieldPath.TryIndex(key, out var index) || index < -list.Count || index >= list.Count)
        {
            return null;
        }

        return index < 0 ? index + list.Count : index;
    }

    private static BuildFailure InvalidIndex(string message, string key) => FieldPath.TryIndex(key, out var index)
        ? Failure(string.Create(CultureInfo.InvariantCulture, $"{message}: Unable to access invalid index: {index}: invalid index referenced"))
        : Failure($"{message}: value was not a proper array index: '{key}': strconv.Atoi: parsing \"{key}\": invalid syntax");

    private static string KindOf(Value value) => value switch
    {
        MapValue => "object",
        ListValue => "array",
        StringValue => "string",
        BoolValue => "bool",
        _ => "number",
    };

    private static BuildFailure Missing(string message) => Failure($"{message}: missing value");

    private static BuildFailure Failure(string message, SourceSpan span = default, string? hint = null) =>
        new(message, span, hint) { Code = "kustomize-json-patch" };
}
