using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Finds the objects that parameterize a policy in a binding.</summary>
internal static class PolicyParameters
{
    /// <summary>Each object with which the policy runs; one <see langword="null"/> when it takes none. Or why there are none.</summary>
    public static (IReadOnlyList<MapValue?> Parameters, string? Error) Find(
        AdmissionPolicy policy, AdmissionBinding binding, AdmissionRequest request, AdmissionWorld world)
    {
        if (policy.ParameterKind is not var (apiVersion, kind) || binding.Parameter is not { } reference)
        {
            return ([null], null);
        }

        if (world.FindParameters(apiVersion, kind) is not { } source)
        {
            return ([], $"paramKind kind `{apiVersion}, Kind={kind}` not known");
        }

        var space = reference.GetString("namespace") ?? "";
        if (source.IsNamespaced)
        {
            space = space.Length > 0 ? space : request.Namespace;
            if (space.Length == 0)
            {
                return ([], "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
            }
        }
        else if (space.Length > 0)
        {
            return ([], "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
        }

        List<MapValue?> found = [];
        if (reference.GetString("name") is { Length: > 0 } name)
        {
            if (source.Find(space, name) is { } parameter)
            {
                found.Add(parameter);
            }
        }
        else if (LabelSelector.Read(reference.GetMap("selector")) is { } selector)
        {
            found.AddRange(source.List(space).Where(p => selector.Matches(p.GetMap("metadata")?.GetMap("labels"))));
        }
        else
        {
            return ([], "one of name or selector must be provided");
        }

        return found.Count == 0 && reference.GetString("parameterNotFoundAction") == "Deny"
            ? ([], "no params found for policy binding with `Deny` parameterNotFoundAction")
            : (found, null);
    }
}
