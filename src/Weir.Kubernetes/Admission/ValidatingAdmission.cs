using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Asks ValidatingAdmissionPolicies about a request, as kube-apiserver 1.36 does.</summary>
public static class ValidatingAdmission
{
    private const int MaxMessageSize = 5 * 1024;

    private readonly record struct Decision(bool IsDenied, string Message, string Reason);

    /// <summary>Why the request is not admitted; <see langword="null"/> when it is.</summary>
    /// <param name="request">The request, its object complete.</param>
    /// <param name="policies">Validating policies with their bindings.</param>
    /// <param name="world">What policies may ask.</param>
    /// <param name="warn">Is told what bindings only warn of.</param>
    /// <param name="cancellation">Ends expressions that run.</param>
    public static AdmissionRefusal? Check(
        AdmissionRequest request,
        IEnumerable<(AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings)> policies,
        AdmissionWorld world,
        Action<string> warn,
        CancellationToken cancellation)
    {
        AdmissionRefusal? refusal = null;
        foreach (var (policy, bindings) in policies)
        {
            if (policy.Matching?.MatchedVersion(request, world) is not { } version)
            {
                continue;
            }

            var seen = request.In(version);
            foreach (var binding in bindings)
            {
                if (binding.Matching is null || binding.Matching.Matches(request, world))
                {
                    refusal = Check(seen, policy, binding, world, warn, refusal, cancellation);
                }
            }
        }

        return refusal;
    }

    private static AdmissionRefusal? Check(
        AdmissionRequest request, AdmissionPolicy policy, AdmissionBinding binding, AdmissionWorld world, Action<string> warn,
        AdmissionRefusal? refusal, CancellationToken cancellation)
    {
        var (parameters, error) = PolicyParameters.Find(policy, binding, request, world);
        if (error is not null)
        {
            return policy.IsIgnoringFailures ? refusal : refusal ?? Refuse(request, policy, binding, new(true, $"failed to configure binding: {error}", ""));
        }

        var ns = request.Namespace.Length > 0 && !request.IsNamespaceItself ? world.FindNamespace(request.Namespace) : null;
        foreach (var parameter in parameters)
        {
            var run = new PolicyRun(policy, request, parameter, ns, world, cancellation);
            foreach (var decision in Decide(policy, run))
            {
                if (!decision.IsDenied)
                {
                    continue;
                }

                if (binding.Actions.Contains("Warn"))
                {
                    warn($"Validation failed for ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}': {decision.Message}");
                }

                if (binding.Actions.Contains("Deny"))
                {
                    refusal ??= Refuse(request, policy, binding, decision);
                }
            }

            if (FailedAnnotation(policy, run) is { } failure)
            {
                refusal ??= Refuse(request, policy, binding, new(true, failure, ""));
            }
        }

        return refusal;
    }

    private static List<Decision> Decide(AdmissionPolicy policy, PolicyRun run)
    {
        switch (run.MatchesConditions(out var error))
        {
            case null:
                return [new(!policy.IsIgnoringFailures, error, "")];
            case false:
                return [];
        }

        var budget = PolicyRun.Budget;
        var answers = new List<Value>(policy.Validations.Count);
        foreach (var validation in policy.Validations)
        {
            var (answer, isOver) = run.Run(validation.Rule, ref budget);
            if (isOver)
            {
                return [new(!policy.IsIgnoringFailures, ((CelError)answer).Message, "")];
            }

            answers.Add(answer);
        }

        run.Restart();
        var decisions = new List<Decision>(answers.Count);
        for (var i = 0; i < answers.Count; i++)
        {
            var validation = policy.Validations[i];
            if (answers[i] is CelError failure)
            {
                decisions.Add(new(!policy.IsIgnoringFailures, failure.Message, ""));
            }
            else if (answers[i] is not BoolValue { Value: true })
            {
                decisions.Add(Deny(policy, validation, run, ref budget));
            }
        }

        return decisions;
    }

    private static Decision Deny(AdmissionPolicy policy, PolicyValidation validation, PolicyRun run, ref long budget)
    {
        var message = "";
        if (validation.MessageRule is { } rule)
        {
            var (answer, isOver) = run.Run(rule, ref budget);
            if (isOver)
            {
                return new(!policy.IsIgnoringFailures, $"failed messageExpression: {((CelError)answer).Message}", "");
            }

            var text = (answer as StringValue)?.Value.Trim() ?? "";
            message = GoString.ByteLength(text) > MaxMessageSize || text.Contains('\n', StringComparison.Ordinal) ? "" : text;
        }

        if (message.Length == 0)
        {
            message = validation.Message.Trim();
        }

        return new(true, message.Length == 0 ? $"failed expression: {validation.Rule.Text.Trim()}" : message, validation.Reason);
    }

    /// <summary>Audit annotations go nowhere here, but one that fails refuses the request.</summary>
    private static string? FailedAnnotation(AdmissionPolicy policy, PolicyRun run)
    {
        if (policy.Annotations.Count == 0 || policy.IsIgnoringFailures || run.MatchesConditions(out _) != true)
        {
            return null;
        }

        run.Restart();
        var budget = PolicyRun.Budget;
        foreach (var (_, expression) in policy.Annotations)
        {
            var (answer, isOver) = run.Run(expression, ref budget);
            if (answer is CelError error)
            {
                return error.Message;
            }

            if (isOver)
            {
                break;
            }
        }

        return null;
    }

    private static AdmissionRefusal Refuse(AdmissionRequest request, AdmissionPolicy policy, AdmissionBinding binding, Decision decision)
    {
        var reason = decision.Reason.Length == 0 ? "Invalid" : decision.Reason;
        var code = reason switch { "Forbidden" => 403, "Unauthorized" => 401, "RequestEntityTooLarge" => 413, _ => 422 };
        var message = $"ValidatingAdmissionPolicy '{policy.Name}' with binding '{binding.Name}' denied request: {decision.Message}";
        return new($"{Subject(request)} is forbidden: {message}", reason, code, [message]);
    }

    /// <summary>The object as refusals name it: <c>deployments.apps "web"</c>.</summary>
    internal static string Subject(AdmissionRequest request)
    {
        var resource = request.Kind.Group.Length == 0 ? request.Resource : $"{request.Resource}.{request.Kind.Group}";
        var metadata = request.Object?.GetMap("metadata");
        var name = request.Name.Length > 0 ? request.Name
            : metadata?.GetString("name") is { Length: > 0 } written ? written
            : metadata?.GetString("generateName") is { Length: > 0 } prefix ? prefix
            : "Unknown";
        return $"{resource} {GoQuote.Quote(name)}";
    }
}
