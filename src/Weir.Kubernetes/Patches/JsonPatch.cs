using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// JSON patch (RFC 6902) as evanphx/json-patch v4 applies it in a Kubernetes API server: replacing a missing key of a map
/// succeeds, negative indexes count from the end, and testing a missing key against null succeeds.
/// </summary>
public static class JsonPatch
{
    /// <summary>Applies the operations to a copy of the document.</summary>
    public static PatchResult Apply(Value document, ListValue operations)
    {
        var root = document.DeepClone();
        var bounds = new PatchBounds(root);
        foreach (var item in operations)
        {
            if (item is not MapValue operation)
            {
                return new(new PatchError(PatchErrorReason.BadFormat, "json: cannot unmarshal value into Go value of type jsonpatch.Operation"));
            }

            var kind = operation.GetString("op") ?? "unknown";
            var error = kind switch
            {
                "add" => Add(root, operation, bounds),
                "remove" => Remove(root, operation),
                "replace" => Replace(ref root, operation, bounds),
                "move" => Move(root, operation, bounds),
                "test" => Test(root, operation),
                "copy" => Copy(root, operation, bounds),
                _ => $"Unexpected kind: {kind}",
            };
            if (error is not null)
            {
                return new(new PatchError(PatchErrorReason.NotApplicable, error));
            }
        }

        return new(root);
    }

    private static string? Add(Value root, MapValue operation, PatchBounds bounds)
    {
        if (operation.GetString("path") is not { } path)
        {
            return "add operation failed to decode path: missing value";
        }

        if (bounds.Put(path, operation["value"] ?? NullValue.Instance) is { } limit)
        {
            return limit;
        }

        var (container, key) = Find(root, path);
        return container is null
            ? $"add operation does not apply: doc is missing path: \"{path}\": missing value"
            : Insert(container, key, ValueOf(operation)) is { } error ? $"error in add for path: '{path}': {error}" : null;
    }

    private static string? Remove(Value root, MapValue operation)
    {
        if (operation.GetString("path") is not { } path)
        {
            return "remove operation failed to decode path: missing value";
        }

        var (container, key) = Find(root, path);
        return container is null
            ? $"remove operation does not apply: doc is missing path: \"{path}\": missing value"
            : RemoveKey(container, key) is { } error ? $"error in remove for path: '{path}': {error}" : null;
    }

    private static string? Replace(ref Value root, MapValue operation, PatchBounds bounds)
    {
        if (operation.GetString("path") is not { } path)
        {
            return "replace operation failed to decode path: operation missing path field: missing value";
        }

        if (bounds.Put(path, operation["value"] ?? NullValue.Instance) is { } limit)
        {
            return limit;
        }

        if (path.Length == 0)
        {
            if (ValueOf(operation) is not (MapValue or ListValue))
            {
                return "replace operation value must be object or array";
            }

            root = ValueOf(operation);
            return null;
        }

        var (container, key) = Find(root, path);
        switch (container)
        {
            case MapValue map:
                map[key] = ValueOf(operation);
                return null;
            case ListValue list when Index(key, list.Count - 1, out _) is var i and >= 0:
                list[i] = ValueOf(operation);
                return null;
            case ListValue:
                return $"replace operation does not apply: doc is missing key: {path}: missing value";
            default:
                return $"replace operation does not apply: doc is missing path: {path}: missing value";
        }
    }

    private static string? Move(Value root, MapValue operation, PatchBounds bounds)
    {
        if (operation.GetString("from") is not { } from)
        {
            return "move operation failed to decode from: operation, missing from field: missing value";
        }

        var (source, sourceKey) = Find(root, from);
        if (source is null)
        {
            return $"move operation does not apply: doc is missing from path: {from}: missing value";
        }

        var error = Get(source, sourceKey, out var value);
        error ??= RemoveKey(source, sourceKey);
        if (error is not null)
        {
            return $"error in move for path: '{sourceKey}': {error}";
        }

        if (operation.GetString("path") is not { } path)
        {
            return "move operation failed to decode path: operation missing path field: missing value";
        }

        if (bounds.Carry(from, path, value) is { } limit)
        {
            return limit;
        }

        var (target, key) = Find(root, path);
        return target is null
            ? $"move operation does not apply: doc is missing destination path: {path}: missing value"
            : Insert(target, key, value ?? NullValue.Instance) is { } failure ? $"error in move for path: '{path}': {failure}" : null;
    }

    private static string? Copy(Value root, MapValue operation, PatchBounds bounds)
    {
        if (operation.GetString("from") is not { } from)
        {
            return "copy operation failed to decode from: operation, missing from field: missing value";
        }

        var (source, sourceKey) = Find(root, from);
        if (source is null)
        {
            return $"copy operation does not apply: doc is missing from path: {from}: missing value";
        }

        if (Get(source, sourceKey, out var value) is { } error)
        {
            return $"error in copy for from: '{from}': {error}";
        }

        if (operation.GetString("path") is not { } path)
        {
            return "copy operation failed to decode path: missing value";
        }

        if ((bounds.Carry(from, path, value) ?? bounds.Copy(value)) is { } limit)
        {
            return limit;
        }

        var (target, key) = Find(root, path);
        return target is null
            ? $"copy operation does not apply: doc is missing destination path: {path}: missing value"
            : Insert(target, key, value?.DeepClone() ?? NullValue.Instance) is { } failure ? $"error while adding value during copy: {failure}" : null;
    }

    private static string? Test(Value root, MapValue operation)
    {
        if (operation.GetString("path") is not { } path)
        {
            return "test operation failed to decode path: operation missing path field: missing value";
        }

        Value? value = root;
        if (path.Length > 0)
        {
            var (container, key) = Find(root, path);
            if (container is null)
            {
                return $"test operation does not apply: is missing path: {path}: missing value";
            }

            if (Get(container, key, out value) is { } error)
            {
                return $"error in test for path: '{path}': {error}";
            }
        }

        return (value ?? NullValue.Instance).Equals(operation["value"] ?? NullValue.Instance) ? null : $"testing value {path} failed: test failed";
    }

    private static Value ValueOf(MapValue operation) => operation["value"]?.DeepClone() ?? NullValue.Instance;

    /// <summary>The map or list that holds the last step of a path, and that step. Null when a step before it is missing.</summary>
    private static (Value? Container, string Key) Find(Value root, string path)
    {
        var steps = path.Split('/');
        if (steps.Length < 2)
        {
            return (null, "");
        }

        Value? current = root;
        foreach (var step in steps.AsSpan(1, steps.Length - 2))
        {
            if (current is null || Get(current, Decode(step), out current) is not null || current is not (MapValue or ListValue))
            {
                return (null, "");
            }
        }

        return (current, Decode(steps[^1]));
    }

    private static string Decode(string step) => step.Contains('~', StringComparison.Ordinal)
        ? step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
        : step;

    private static string? Get(Value container, string key, out Value? value)
    {
        value = null;
        if (container is MapValue map)
        {
            value = map[key];
            return null;
        }

        var list = (ListValue)container;
        var index = Index(key, list.Count - 1, out var error);
        value = index < 0 ? null : list[index];
        return error;
    }

    private static string? Insert(Value container, string key, Value value)
    {
        if (container is MapValue map)
        {
            map[key] = value;
            return null;
        }

        var list = (ListValue)container;
        if (key == "-")
        {
            list.Add(value);
            return null;
        }

        var index = Index(key, list.Count, out var error);
        if (index >= 0)
        {
            list.Insert(index, value);
        }

        return error;
    }

    private static string? RemoveKey(Value container, string key)
    {
        if (container is MapValue map)
        {
            return map.Remove(key) ? null : $"Unable to remove nonexistent key: {key}: missing value";
        }

        var list = (ListValue)container;
        var index = Index(key, list.Count - 1, out var error);
        if (index >= 0)
        {
            list.RemoveAt(index);
        }

        return error;
    }

    /// <summary>The place that a step names in a list, or -1 with the reason. Negative steps count from one past the last allowed place.</summary>
    private static int Index(string step, int last, out string? error)
    {
        error = null;
        if (!int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            error = $"value was not a proper array index: '{step}': strconv.Atoi: parsing \"{step}\": invalid syntax";
            return -1;
        }

        var place = index < 0 ? index + last + 1 : index;
        if (place < 0 || place > last)
        {
            error = $"Unable to access invalid index: {index}: invalid index referenced";
            return -1;
        }

        return place;
    }
}
