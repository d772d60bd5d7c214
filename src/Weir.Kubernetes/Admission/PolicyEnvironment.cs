using Weir.Cel;

namespace Weir.Kubernetes;

/// <summary>What the expressions of admission policies may name.</summary>
internal static class PolicyEnvironment
{
    public const string RequestResource = "authorizer.requestResource";

    private static readonly CelType Text = CelType.String;
    private static readonly CelType Texts = CelType.List(Text);
    private static readonly CelType TextMap = CelType.Map(Text, Text);

    private static readonly CelType Kind = Named("kubernetes.GroupVersionKind", ("group", Text), ("version", Text), ("kind", Text));
    private static readonly CelType Resource = Named("kubernetes.GroupVersionResource", ("group", Text), ("version", Text), ("resource", Text));

    private static readonly CelType Request = Named(
        "kubernetes.AdmissionRequest",
        ("kind", Kind), ("resource", Resource), ("subResource", Text), ("requestKind", Kind), ("requestResource", Resource),
        ("requestSubResource", Text), ("name", Text), ("namespace", Text), ("operation", Text),
        ("userInfo", Named("kubernetes.UserInfo", ("username", Text), ("uid", Text), ("groups", Texts), ("extra", CelType.Map(Text, Texts)))),
        ("dryRun", CelType.Bool), ("options", CelType.Dyn));

    private static readonly CelType Namespace = Named(
        "kubernetes.Namespace",
        ("metadata", Named(
            "kubernetes.NamespaceMetadata",
            ("name", Text), ("generateName", Text), ("namespace", Text), ("labels", TextMap), ("annotations", TextMap), ("UID", Text),
            ("creationTimestamp", CelType.Timestamp), ("deletionGracePeriodSeconds", CelType.Int), ("deletionTimestamp", CelType.Timestamp),
            ("generation", CelType.Int), ("resourceVersion", Text), ("finalizers", Texts))),
        ("spec", Named("kubernetes.NamespaceSpec", ("finalizers", Texts))),
        ("status", Named(
            "kubernetes.NamespaceStatus",
            ("conditions", CelType.List(Named(
                "kubernetes.NamespaceCondition",
                ("status", Text), ("type", Text), ("lastTransitionTime", CelType.Timestamp), ("message", Text), ("reason", Text)))),
            ("phase", Text))));

    private static readonly CelType Patch = Named("JSONPatch", ("op", Text), ("path", Text), ("from", Text), ("value", CelType.Dyn));

    /// <summary>The names that an expression of a policy sees; <paramref name="variables"/> are the policy's own, as far as they are known.</summary>
    public static CelEnvironment Of(bool hasParameters, bool hasAuthorizer, bool isMutation, IReadOnlyDictionary<string, CelType> variables)
    {
        var known = new Dictionary<string, CelType>(variables, StringComparer.Ordinal);
        List<KeyValuePair<string, CelType>> names =
        [
            new("object", CelType.Dyn), new("oldObject", CelType.Dyn), new("namespaceObject", Namespace), new("request", Request),
            new("variables", CelType.Object("kubernetes.variables", known.GetValueOrDefault)),
        ];
        if (hasParameters)
        {
            names.Add(new("params", CelType.Dyn));
        }

        if (hasAuthorizer)
        {
            names.Add(new("authorizer", CelAuthorizer.AuthorizerType));
            names.Add(new(RequestResource, CelAuthorizer.ResourceType));
        }

        return isMutation
            ? new CelEnvironment(names, CelFunctions.Mutation) { ObjectType = Built }
            : new CelEnvironment(names);
    }

    /// <summary>The type under which a variable is seen: what is no plain type is known only when it runs.</summary>
    public static CelType Seen(CelType type) => type.Kind switch
    {
        CelTypeKind.List => CelType.List(Seen(type.Parameters[0])),
        CelTypeKind.Map => CelType.Map(Seen(type.Parameters[0]), Seen(type.Parameters[1])),
        CelTypeKind.Object or CelTypeKind.Opaque or CelTypeKind.Type or CelTypeKind.Error or CelTypeKind.Parameter => CelType.Dyn,
        _ => type,
    };

    // Objects of the request's kind may be built as far as their fields are named: Object.spec.template.
    private static CelType? Built(string name) =>
        name == "JSONPatch" ? Patch
        : name == "Object" || name.StartsWith("Object.", StringComparison.Ordinal) ? CelType.Object(name, static _ => CelType.Dyn)
        : null;

    private static CelType Named(string name, params (string Name, CelType Type)[] fields)
    {
        var known = fields.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal);
        return CelType.Object(name, known.GetValueOrDefault);
    }
}
