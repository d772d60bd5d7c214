using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Questions to an authorizer: <c>authorizer.group('apps').resource('deployments').check('create').allowed()</c>.</summary>
internal static class AuthorizerFunctions
{
    private static readonly CelType Text = CelType.String;
    private static readonly CelType Authorizer = CelAuthorizer.AuthorizerType;
    private static readonly CelType Path = CelAuthorizer.PathType;
    private static readonly CelType Group = CelAuthorizer.GroupType;
    private static readonly CelType Resource = CelAuthorizer.ResourceType;
    private static readonly CelType Decision = CelDecision.DecisionType;

    public static CelFunction[] All { get; } =
    [
        Narrowing("path", "authorizer_path", Authorizer, Path, mayBeEmpty: false, (access, path) => access with { Path = path }),
        Narrowing("group", "authorizer_group", Authorizer, Group, mayBeEmpty: true, (access, group) => access with { Group = group }),
        new("serviceAccount", Member("authorizer_serviceaccount", [Authorizer, Text, Text], Authorizer, a => ServiceAccount((CelAuthorizer)a[0], Of(a[1]), Of(a[2])))),
        Narrowing("resource", "groupcheck_resource", Group, Resource, mayBeEmpty: false, (access, resource) => access with { Resource = resource }),
        Narrowing("subresource", "resourcecheck_subresource", Resource, Resource, mayBeEmpty: true, (access, part) => access with { Subresource = part }),
        Narrowing("namespace", "resourcecheck_namespace", Resource, Resource, mayBeEmpty: true, (access, space) => access with { Namespace = space }),
        Narrowing("name", "resourcecheck_name", Resource, Resource, mayBeEmpty: true, (access, name) => access with { Name = name }),
        Narrowing("fieldSelector", "authorizer_fieldselector", Resource, Resource, mayBeEmpty: true, (access, text) => access with { FieldSelector = text }),
        Narrowing("labelSelector", "authorizer_labelselector", Resource, Resource, mayBeEmpty: true, (access, text) => access with { LabelSelector = text }),
        new(
            "check",
            Member("pathcheck_check", [Path, Text], Decision, Check),
            Member("resourcecheck_check", [Resource, Text], Decision, Check)),
        new("allowed", Member("decision_allowed", [Decision], CelType.Bool, a => BoolValue.Of(((CelDecision)a[0]).IsAllowed))),
        new("reason", Member("decision_reason", [Decision], Text, a => new StringValue(((CelDecision)a[0]).Reason))),
        new("errored", Member("decision_errored", [Decision], CelType.Bool, a => BoolValue.Of(((CelDecision)a[0]).Error is not null))),
        new("error", Member("decision_error", [Decision], Text, a => new StringValue(((CelDecision)a[0]).Error ?? ""))),
    ];

    private static string Of(Value value) => ((StringValue)value).Value;

    private static CelFunction Narrowing(
        string name, string id, CelType from, CelType to, bool mayBeEmpty, Func<CelAccess, string, CelAccess> narrow) =>
        new(name, Member(id, [from, Text], to, a =>
            !mayBeEmpty && string.IsNullOrWhiteSpace(Of(a[1])) ? new CelError($"{name} must not be empty")
            : a[0] is CelAuthorizer asked ? asked.With(to, narrow(asked.Access, Of(a[1])))
            : CelError.NoSuchOverload));

    private static Value ServiceAccount(CelAuthorizer authorizer, string ns, string name) =>
        NamePatterns.CheckSubdomain(name).Count > 0 ? new CelError("Invalid service account name")
        : NamePatterns.CheckLabel(ns).Count > 0 ? new CelError("Invalid service account namespace")
        : authorizer.With(Authorizer, authorizer.Access with { ServiceAccount = (ns, name) });

    private static Value Check(ReadOnlySpan<Value> arguments) => arguments[0] is CelAuthorizer asked
        ? asked.Decide(asked.Access with { Verb = Of(arguments[1]) })
        : CelError.NoSuchOverload;
}
