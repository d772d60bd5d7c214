using Weir.Cel;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Health by <c>healthCheckExprs</c> where they name the kind, and by kstatus everywhere else (RFC-0009 of Flux).</summary>
internal sealed class HealthRules
{
    private readonly List<Rule> _rules = [];

    private HealthRules()
    {
    }

    /// <summary>Kstatus alone.</summary>
    public static HealthRules Default { get; } = new();

    /// <summary>Compiles the expressions. What is wrong with them, or <see langword="null"/>.</summary>
    public static string? Compile(IReadOnlyList<HealthCheckExpression>? expressions, out HealthRules rules)
    {
        rules = new HealthRules();
        for (var i = 0; i < (expressions?.Count ?? 0); i++)
        {
            var check = expressions![i];
            var steps = new List<(CelExpression, Health)>();
            foreach (var (name, text, health) in ((string, string?, Health)[])
                [("InProgress", check.InProgress, Health.InProgress), ("Failed", check.Failed, Health.Failed), ("Current", check.Current, Health.Current)])
            {
                if (string.IsNullOrEmpty(text))
                {
                    continue;
                }

                var compiled = CelExpression.Compile(text, CelEnvironment.Untyped);
                if (compiled.Expression is null)
                {
                    return $"failed to create custom status evaluator for healthchecks[{i}]: failed to parse the expression {name}: "
                        + $"failed to parse the CEL expression '{text}': {compiled.Error}";
                }

                steps.Add((compiled.Expression, health));
            }

            rules._rules.Add(new(check.ApiVersion, check.Kind ?? "", steps));
        }

        return null;
    }

    public HealthWaiter Waiter(KubernetesClient client) => new(client, value => Judge(value).Health) { Explain = value => Judge(value).Error };

    /// <summary>How far an object is; an error makes that unknown.</summary>
    public (Health Health, string? Error) Judge(MapValue value)
    {
        foreach (var rule in _rules)
        {
            if (rule.Covers(value))
            {
                return value.GetMap("metadata")?.ContainsKey("deletionTimestamp") == true ? (Health.Terminating, null) : rule.Judge(value);
            }
        }

        return (Readiness.Judge(value), null);
    }

    private sealed record Rule(string ApiVersion, string Kind, List<(CelExpression Expression, Health Health)> Steps)
    {
        public bool Covers(MapValue value) =>
            value.GetString("apiVersion") == ApiVersion && (Kind.Length == 0 || value.GetString("kind") == Kind);

        public (Health Health, string? Error) Judge(MapValue value)
        {
            if (value.GetMap("status")?.GetInt("observedGeneration") is { } observed
                && value.GetMap("metadata")?.GetInt("generation") is { } generation && observed != generation)
            {
                return (Health.InProgress, null);
            }

            foreach (var (expression, health) in Steps)
            {
                var answer = expression.Run(name => value[name]);
                switch (answer.Value)
                {
                    case BoolValue { Value: true }:
                        return (health, null);
                    case BoolValue:
                        break;
                    case CelError error:
                        return (Health.Unknown, $"failed to evaluate the CEL expression '{expression.Text}': {CelMessages.Of(error, expression.Text)}");
                    default:
                        return (Health.Unknown, $"failed to evaluate CEL expression as boolean: '{expression.Text}'");
                }
            }

            return (Health.InProgress, null);
        }
    }
}
