using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>A ValidatingAdmissionPolicy or MutatingAdmissionPolicy, its expressions compiled.</summary>
public sealed class AdmissionPolicy
{
    private readonly Dictionary<string, CelType> _types = new(StringComparer.Ordinal);

    private AdmissionPolicy(MapValue value)
    {
        var spec = value.GetMap("spec") ?? [];
        IsMutating = value.GetString("kind") == "MutatingAdmissionPolicy" || spec.ContainsKey("mutations");
        Name = value.GetMap("metadata")?.GetString("name") ?? "";
        IsIgnoringFailures = spec.GetString("failurePolicy") == "Ignore";
        Matching = spec.GetMap("matchConstraints") is { } constraints ? new AdmissionMatching(constraints) : null;
        ParameterKind = spec.GetMap("paramKind") is { } kind ? (kind.GetString("apiVersion") ?? "", kind.GetString("kind") ?? "") : null;
        IsReinvoked = spec.GetString("reinvocationPolicy") == "IfNeeded";

        // Variables first: expressions, and later variables, name them.
        Variables = [.. Maps(spec, "variables").Select(v => Variable(v.GetString("name") ?? "", v.GetString("expression") ?? ""))];
        var environment = Environment(hasAuthorizer: true);
        Conditions = [.. Maps(spec, "matchConditions").Select(c => PolicyExpression.Compile(c.GetString("expression") ?? "", environment, CelType.Bool))];
        Validations = [.. Maps(spec, "validations").Select(v => new PolicyValidation(
            PolicyExpression.Compile(v.GetString("expression") ?? "", environment, CelType.Bool),
            v.GetString("messageExpression") is { Length: > 0 } text
                ? PolicyExpression.Compile(text, Environment(hasAuthorizer: false), CelType.String)
                : null,
            v.GetString("message") ?? "",
            v.GetString("reason") ?? ""))];
        Annotations = [.. Maps(spec, "auditAnnotations").Select(a => (
            a.GetString("key") ?? "", PolicyExpression.Compile(a.GetString("valueExpression") ?? "", environment, CelType.String, CelType.Null)))];
        Mutations = [.. Maps(spec, "mutations").Select(m => Mutation(m, environment))];
    }

    public string Name { get; }

    public bool IsMutating { get; }

    internal bool IsIgnoringFailures { get; }

    internal AdmissionMatching? Matching { get; }

    internal (string ApiVersion, string Kind)? ParameterKind { get; }

    /// <summary>Whether a mutation runs again after another one changed the object.</summary>
    internal bool IsReinvoked { get; }

    internal IReadOnlyList<(string Name, PolicyExpression Expression)> Variables { get; }

    internal IReadOnlyList<PolicyExpression> Conditions { get; }

    internal IReadOnlyList<PolicyValidation> Validations { get; }

    internal IReadOnlyList<(string Key, PolicyExpression Expression)> Annotations { get; }

    internal IReadOnlyList<PolicyMutation> Mutations { get; }

    /// <summary>Reads a policy of either kind.</summary>
    public static AdmissionPolicy Read(MapValue value) => new(value);

    private CelEnvironment Environment(bool hasAuthorizer) => PolicyEnvironment.Of(ParameterKind is not null, hasAuthorizer, IsMutating, _types);

    private (string Name, PolicyExpression Expression) Variable(string name, string text)
    {
        var expression = PolicyExpression.Compile(text, Environment(hasAuthorizer: true));
        _types[name] = expression.Expression is { } compiled ? PolicyEnvironment.Seen(compiled.Type) : CelType.Dyn;
        return (name, expression);
    }

    private static PolicyMutation Mutation(MapValue value, CelEnvironment environment) => value.GetString("patchType") == "JSONPatch"
        ? new(PolicyExpression.Compile(
            value.GetMap("jsonPatch")?.GetString("expression") ?? "", environment, CelType.List(CelType.Object("JSONPatch"))), IsJsonPatch: true)
        : new(PolicyExpression.Compile(
            value.GetMap("applyConfiguration")?.GetString("expression") ?? "", environment, CelType.Object("Object")), IsJsonPatch: false);

    private static IEnumerable<MapValue> Maps(MapValue spec, string key) => (spec.GetList(key) ?? []).OfType<MapValue>();
}
