using System.Globalization;
using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Checks the expressions of a ValidatingAdmissionPolicy against the kinds that its rules name, for its status. What is wrong with a
/// type never stops a policy: it only warns.
/// </summary>
public static class PolicyTypeCheck
{
    private const int MaxKinds = 10;

    /// <summary>The resources that rules name without wildcards, as group, version and plural; no more than upstream checks.</summary>
    public static IReadOnlyList<(string Group, string Version, string Plural)> Resources(MapValue policy)
    {
        var found = new List<(string, string, string)>();
        foreach (var rule in (policy.At("spec", "matchConstraints", "resourceRules") as ListValue ?? []).OfType<MapValue>())
        {
            var (groups, versions) = (Texts(rule, "apiGroups"), Texts(rule, "apiVersions"));
            if (groups.Concat(versions).Any(static t => t.Contains('*', StringComparison.Ordinal)))
            {
                continue;
            }

            found.AddRange(
                from g in groups
                from v in versions
                from r in Texts(rule, "resources")
                where r.AsSpan().IndexOfAny('*', '/') < 0
                select (g, v, r));
        }

        return [.. found.Distinct().Take(MaxKinds)];
    }

    /// <summary>The warnings, each with the path of its expression; none when all fits.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="kinds">The kinds that it is about, with the schemas of their objects.</param>
    /// <param name="parameters">The schema of its parameters; <see langword="null"/> when not known.</param>
    public static IReadOnlyList<(string Field, string Warning)> Check(
        MapValue policy, IReadOnlyList<(GroupVersionKind Kind, Schema Schema)> kinds, Schema? parameters)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var spec = policy.GetMap("spec") ?? [];
        var environments = kinds
            .OrderBy(static k => k.Kind.Group, StringComparer.Ordinal).ThenBy(static k => k.Kind.Version, StringComparer.Ordinal).ThenBy(static k => k.Kind.Kind, StringComparer.Ordinal)
            .Select(k => (k.Kind, Environment: Environment(spec, k.Kind, k.Schema, parameters))).ToList();
        var warnings = new List<(string, string)>();
        var validations = spec.GetList("validations") ?? [];
        for (var i = 0; i < validations.Count; i++)
        {
            foreach (var name in (ReadOnlySpan<string>)["expression", "messageExpression"])
            {
                if ((validations[i] as MapValue)?.GetString(name) is not { Length: > 0 } text)
                {
                    continue;
                }

                var problems = environments
                    .Select(e => (e.Kind, PolicyExpression.Compile(text, e.Environment).Error))
                    .Where(static e => e.Error.Length > 0)
                    .Select(static e => $"{e.Kind.Group}/{e.Kind.Version}, Kind={e.Kind.Kind}: {e.Error}\n").ToList();
                if (problems.Count > 0)
                {
                    warnings.Add((string.Create(CultureInfo.InvariantCulture, $"spec.validations[{i}].{name}"), string.Join('\n', problems)));
                }
            }
        }

        return warnings;
    }

    private static CelEnvironment Environment(MapValue spec, GroupVersionKind kind, Schema schema, Schema? parameters)
    {
        var hasParameters = spec.GetMap("paramKind") is not null;
        var types = new Dictionary<string, CelType>(StringComparer.Ordinal);
        var type = RuleTypes.Of(schema, isObject: false).ToType(kind.Kind);
        foreach (var variable in (spec.GetList("variables") ?? []).OfType<MapValue>())
        {
            types[variable.GetString("name") ?? ""] =
                PolicyExpression.Compile(variable.GetString("expression") ?? "", Known(types)).Expression?.Type ?? CelType.Dyn;
        }

        return Known(types);

        CelEnvironment Known(Dictionary<string, CelType> variables)
        {
            var environment = PolicyEnvironment.Of(hasParameters, hasAuthorizer: true, isMutation: false, variables).With("object", type).With("oldObject", type);
            return hasParameters && parameters is not null
                ? environment.With("params", RuleTypes.Of(parameters, isObject: false).ToType("Params"))
                : environment;
        }
    }

    private static List<string> Texts(MapValue rule, string key) =>
        [.. (rule.GetList(key) ?? []).OfType<StringValue>().Select(static v => v.Value).Order(StringComparer.Ordinal)];
}
