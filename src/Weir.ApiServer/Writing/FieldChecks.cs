using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Fields that the schema does not know, and keys that stand twice: refused, warned of or dropped, as the client asked.</summary>
internal static class FieldChecks
{
    /// <summary>The object with only what its kind knows. A built-in object is as its Go type holds it.</summary>
    /// <param name="context">The request, which is told of warnings.</param>
    /// <param name="kind">The kind that the body is of.</param>
    /// <param name="resource">The resource whose schema holds; the kind's own schema when it is another.</param>
    /// <param name="value">What the body says; it may be changed.</param>
    /// <param name="duplicates">Keys that stand twice in the body.</param>
    /// <param name="options">What the client asked for.</param>
    /// <param name="refuse">Makes the refusal of a strict client from the problems.</param>
    public static MapValue Apply(
        RequestContext context, GroupVersionKind kind, ServedResource resource, MapValue value, List<string> duplicates, WriteOptions options, Func<string, ApiStatus>? refuse = null)
    {
        IReadOnlyList<string> unknown;
        if (resource.IsCustom)
        {
            unknown = CustomObject.Prune(value, resource.Schema);
        }
        else
        {
            var schema = kind == resource.Type.GroupVersionKind ? resource.Schema : BuiltInSchemas.Find(kind) ?? Schema.Any;
            var forgetsManagers = value.GetMap("metadata")?["managedFields"] is ListValue { Count: 0 };
            var decoded = BuiltInObject.Decode(value, schema);
            if (decoded.Error is { } error)
            {
                throw (refuse?.Invoke(error) ?? CannotHandle(kind, error)).ToException();
            }

            (value, unknown) = (decoded.Value, decoded.UnknownFields);
            if (forgetsManagers)
            {
                value.GetOrAddMap("metadata")["managedFields"] = new ListValue();
            }
        }

        if (options.FieldValidation == "Ignore" || unknown.Count + duplicates.Count == 0)
        {
            return value;
        }

        var problems = new List<string>(unknown.Count + duplicates.Count);
        foreach (var field in duplicates)
        {
            problems.Add($"duplicate field \"{field}\"");
        }

        foreach (var field in unknown)
        {
            problems.Add($"unknown field \"{field}\"");
        }

        if (options.FieldValidation == "Strict")
        {
            var text = $"strict decoding error: {string.Join(", ", problems)}";
            throw (refuse?.Invoke(text) ?? (resource.IsCustom ? ApiStatus.BadRequest(text) : CannotHandle(kind, text))).ToException();
        }

        foreach (var problem in problems)
        {
            context.Warn(problem);
        }

        return value;
    }

    private static ApiStatus CannotHandle(GroupVersionKind kind, string why) =>
        ApiStatus.BadRequest($"{kind.Kind} in version \"{kind.Version}\" cannot be handled as a {kind.Kind}: {why}");
}
