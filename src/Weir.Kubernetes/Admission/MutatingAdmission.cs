using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Lets MutatingAdmissionPolicies change the object of a request, as kube-apiserver 1.36 does.</summary>
public static class MutatingAdmission
{
    /// <summary>The object as policies leave it, or why the request is not admitted.</summary>
    /// <param name="request">The request, defaulted; its object is not changed.</param>
    /// <param name="policies">Mutating policies with their bindings.</param>
    /// <param name="schema">The schema of the object, by which objects merge.</param>
    /// <param name="complete">Fills in defaults after a mutation.</param>
    /// <param name="world">What policies may ask.</param>
    /// <param name="cancellation">Ends expressions that run.</param>
    public static (MapValue Object, AdmissionRefusal? Refusal) Apply(
        AdmissionRequest request,
        IReadOnlyList<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> policies,
        Schema schema,
        Func<MapValue, MapValue> complete,
        AdmissionWorld world,
        CancellationToken cancellation)
    {
        var errors = new List<string>();
        var value = Pass(request, policies, schema, complete, world, errors, isAgain: false, cancellation);
        if (errors.Count == 0 && !ReferenceEquals(value, request.Object))
        {
            // Policies that ask for it see what others changed.
            value = Pass(request with { Object = value }, policies, schema, complete, world, errors, isAgain: true, cancellation);
        }

        return errors.Count == 0 ? (value, null) : (request.Object!, new(errors[0], "Invalid", 403, errors));
    }

    private static MapValue Pass(
        AdmissionRequest request, IReadOnlyList<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> policies, Schema schema,
        Func<MapValue, MapValue> complete, AdmissionWorld world, List<string> errors, bool isAgain, CancellationToken cancellation)
    {
        var value = request.Object!;
        foreach (var (policy, bindings) in policies)
        {
            if ((isAgain && !policy.IsReinvoked) || policy.Matching is null || !policy.Matching.Matches(request, world))
            {
                continue;
            }

            foreach (var binding in bindings)
            {
                if (binding.Matching is not null && !binding.Matching.Matches(request, world))
                {
                    continue;
                }

                var current = request with { Object = value };
                if (Mutate(current, policy, binding, schema, complete, world, cancellation, out var error) is { } mutated)
                {
                    value = mutated;
                }
                else if (!policy.IsIgnoringFailures)
                {
                    errors.Add($"policy '{policy.Name}' with binding '{binding.Name}' denied request: {error}");
                }
            }
        }

        return value;
    }

    /// <summary>The object after one policy; <see langword="null"/> with the error when it failed.</summary>
    private static MapValue? Mutate(
        AdmissionRequest request, AdmissionPolicy policy, AdmissionBinding binding, Schema schema, Func<MapValue, MapValue> complete,
        AdmissionWorld world, CancellationToken cancellation, out string error)
    {
        var (parameters, missing) = PolicyParameters.Find(policy, binding, request, world);
        if (missing is not null)
        {
            error = $"failed to configure binding: {missing}";
            return null;
        }

        error = "";
        var ns = request.Namespace.Length > 0 && !request.IsNamespaceItself ? world.FindNamespace(request.Namespace) : null;
        var value = request.Object!;
        foreach (var parameter in parameters)
        {
            var run = new PolicyRun(policy, request with { Object = value }, parameter, ns, world, cancellation);
            switch (run.MatchesConditions(out error))
            {
                case null:
                    return null;
                case false:
                    continue;
            }

            foreach (var mutation in policy.Mutations)
            {
                var budget = PolicyRun.Budget;
                run.Restart();
                var (answer, _) = run.Run(mutation.Expression, ref budget);
                var patched = answer is CelError failure ? Fail(failure.Message.Replace("compilation error: ", "", StringComparison.Ordinal), out error)
                    : mutation.IsJsonPatch ? Patch(value, answer, out error)
                    : Merge(value, answer, schema, out error);
                if (patched is null)
                {
                    return null;
                }

                if (!ReferenceEquals(patched, value))
                {
                    value = complete(patched);
                    run.Object = value;
                }
            }
        }

        return value;
    }

    private static MapValue? Patch(MapValue value, Value answer, out string error)
    {
        error = "";
        if (answer is not IReadOnlyList<Value> list)
        {
            return Fail("type mismatch: JSONPatchType.expression should evaluate to array", out error);
        }

        var operations = new ListValue(list.Count);
        foreach (var item in list)
        {
            if (item is not CelObject { TypeName: "JSONPatch" } operation)
            {
                return Fail("type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch", out error);
            }

            if (operation.Fields["value"] is CelObject built && MisnamedObject(built, built.TypeName) is { } mistake)
            {
                return Fail($"type mismatch: {mistake}", out error);
            }

            var plain = CelValues.Plain(operation);
            if (plain is CelError failure)
            {
                return Fail($"JSONPath valueExpression evaluated to a type that could not marshal to JSON: {failure.Message}", out error);
            }

            operations.Add(plain);
        }

        var result = JsonPatch.Apply(value.DeepClone(), operations);
        if (result.IsApplied)
        {
            return result.Value as MapValue ?? Fail("JSON Patch: the result is no object", out error);
        }

        // A test that fails only means that there is nothing to change.
        return result.Error!.Message.Contains("test failed", StringComparison.Ordinal) || result.Error.Message.Contains("testing value", StringComparison.Ordinal)
            ? value
            : Fail($"JSON Patch: {result.Error.Message}", out error);
    }

    private static MapValue? Merge(MapValue value, Value answer, Schema schema, out string error)
    {
        error = "";
        if (answer is not CelObject built)
        {
            return Fail("unsupported return type from ApplyConfiguration expression", out error);
        }

        if (MisnamedObject(built, "Object") is { } mistake)
        {
            return Fail($"type mismatch: {mistake}", out error);
        }

        if (CelValues.Plain(built) is not MapValue patch)
        {
            return Fail("invalid return type", out error);
        }

        patch["apiVersion"] = value["apiVersion"]!;
        patch["kind"] = value["kind"]!;
        if (TypeCheck.Check(patch, schema) is { } problem)
        {
            return Fail($"error applying patch: failed to convert patch object to typed object: {problem}", out error);
        }

        var atomics = new List<string>();
        FindAtomics("", patch, schema, atomics);
        return atomics.Count > 0
            ? Fail($"error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: {string.Join(", ", atomics)}", out error)
            : ObjectMerge.Merge(value, patch, schema);
    }

    private static void FindAtomics(string path, Value value, Schema? schema, List<string> atomics)
    {
        switch (value)
        {
            case MapValue map:
                if (path.Length > 0 && schema?.MapType == MapType.Atomic)
                {
                    atomics.Add(path);
                }

                foreach (var (key, item) in map)
                {
                    FindAtomics($"{path}.{key}", item, schema?.Field(key), atomics);
                }

                break;
            case ListValue list:
                if (schema?.ListType is ListType.Atomic or ListType.None)
                {
                    atomics.Add(path);
                }

                for (var i = 0; i < list.Count; i++)
                {
                    FindAtomics(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i], schema?.Items, atomics);
                }

                break;
        }
    }

    /// <summary>Objects are named by the path to them; what one that is not says.</summary>
    private static string? MisnamedObject(Value value, string path)
    {
        switch (value)
        {
            case CelObject built:
                if (built.TypeName != path)
                {
                    return $"unexpected type name {GoQuote.Quote(built.TypeName)}, expected {GoQuote.Quote(path)}, which matches field name path from root Object type";
                }

                foreach (var (name, field) in built.Fields)
                {
                    if (MisnamedObject(field, $"{path}.{name}") is { } mistake)
                    {
                        return mistake;
                    }
                }

                return null;
            case IReadOnlyList<Value> list:
                return list.Select(i => MisnamedObject(i, path)).FirstOrDefault(m => m is not null);
            default:
                return null;
        }
    }

    private static MapValue? Fail(string message, out string error)
    {
        error = message;
        return null;
    }
}
