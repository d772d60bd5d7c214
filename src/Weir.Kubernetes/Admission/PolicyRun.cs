using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>One run of a policy on a request: its variables, and what it may still cost.</summary>
internal sealed class PolicyRun(
    AdmissionPolicy policy, AdmissionRequest request, MapValue? parameter, MapValue? ns, AdmissionWorld world, CancellationToken cancellation)
{
    public const long Budget = 10_000_000;
    public const long ConditionBudget = 2_500_000;

    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";

    private readonly Value _request = PolicyRequest.Of(request);
    private readonly Value _namespace = PolicyRequest.Namespace(ns);
    private Value? _variables;
    private long _variableCost;

    /// <summary>The object as it stands: mutations change it.</summary>
    public MapValue? Object { get; set; } = request.Object;

    /// <summary>Forgets what variables answered.</summary>
    public void Restart() => _variables = null;

    /// <summary>
    /// Runs an expression. A failure of its own is its answer; <c>true</c> for the last says that the whole budget is spent.
    /// </summary>
    public (Value Answer, bool IsOver) Run(PolicyExpression expression, ref long budget)
    {
        if (expression.Expression is not { } compiled)
        {
            return (new CelError($"compilation error: {expression.Error}"), false);
        }

        var result = compiled.Run(Variable, cancellation: cancellation);
        var cost = result.Cost + _variableCost;
        _variableCost = 0;
        if (cost > budget)
        {
            return (new CelError(OutOfBudget), true);
        }

        budget -= cost;
        return result.Error is { } error
            ? (new CelError($"expression '{expression.Text}' resulted in error: {error.Message}"), false)
            : (result.Value, false);
    }

    /// <summary>Whether all match conditions hold; <see langword="null"/> with the error when that cannot be said.</summary>
    public bool? MatchesConditions(out string error)
    {
        error = "";
        Restart();
        var budget = ConditionBudget;
        List<string> errors = [];
        foreach (var condition in policy.Conditions)
        {
            var (answer, isOver) = Run(condition, ref budget);
            if (answer is BoolValue { Value: false })
            {
                return false;
            }

            if (answer is CelError failure)
            {
                errors.Add(failure.Message);
            }

            if (isOver)
            {
                break;
            }
        }

        Restart();
        if (errors.Count == 0)
        {
            return true;
        }

        error = errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors.Distinct())}]";
        return policy.IsIgnoringFailures ? false : null;
    }

    private Value? Variable(string name) => name switch
    {
        "object" => Object ?? (Value)NullValue.Instance,
        "oldObject" => request.OldObject ?? (Value)NullValue.Instance,
        "params" => parameter ?? (Value)NullValue.Instance,
        "request" => _request,
        "namespaceObject" => _namespace,
        "variables" => _variables ??= CelValues.Lazy([.. policy.Variables.Select(v => v.Name)], Compute),
        "authorizer" => CelAuthorizer.Of(Decide),
        PolicyEnvironment.RequestResource => CelAuthorizer.OfResource(
            new()
            {
                Group = request.Kind.Group,
                Resource = request.Resource,
                Subresource = request.Subresource,
                Namespace = request.Namespace,
                Name = request.Name,
            },
            Decide),
        _ => null,
    };

    private Value Compute(string name)
    {
        var expression = policy.Variables.First(v => v.Name == name).Expression;
        if (expression.Expression is not { } compiled)
        {
            return new CelError($"composited variable {GoQuote.Quote(name)} fails to compile: {expression.Error}");
        }

        var result = compiled.Run(Variable, cancellation: cancellation);
        _variableCost += result.Cost;
        return result.Error is { } error
            ? new CelError($"composited variable {GoQuote.Quote(name)} fails to evaluate: {error.Message}")
            : result.Value;
    }

    private CelDecision Decide(CelAccess access)
    {
        var user = access.ServiceAccount is var (space, name)
            ? new AdmissionUser(
                $"system:serviceaccount:{space}:{name}", "", ["system:serviceaccounts", $"system:serviceaccounts:{space}", "system:authenticated"],
                new Dictionary<string, IReadOnlyList<string>>())
            : request.User;
        var answer = world.Decide(new AccessQuestion
        {
            User = user,
            Verb = access.Verb,
            Path = access.Path,
            Group = access.Group,
            Resource = access.Resource,
            Subresource = access.Subresource,
            Namespace = access.Namespace,
            Name = access.Name,
        });
        return new CelDecision(answer.IsAllowed, answer.Reason);
    }
}
