using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Reviews;

/// <summary>Answers everything that the sender may do in a namespace.</summary>
internal static class RulesReview
{
    public static MapValue Answer(MapValue review, UserInfo user, RbacAuthorizer authorizer)
    {
        var ns = review.GetMap("spec")?.GetString("namespace") ?? "";
        if (ns.Length == 0)
        {
            throw ApiStatus.BadRequest("no namespace on request").ToException();
        }

        var resourceRules = new ListValue();
        var pathRules = new ListValue();
        if (user.IsMaster)
        {
            resourceRules.Add(new PolicyRule { Verbs = ["*"], Groups = ["*"], Resources = ["*"] }.ToValue());
            pathRules.Add(new PolicyRule { Verbs = ["*"], Paths = ["*"] }.ToValue());
        }

        var rules = authorizer.RulesFor(user, ns, out var error);
        foreach (var rule in rules)
        {
            (rule.Paths.Count > 0 ? pathRules : resourceRules).Add(rule.ToValue());
        }

        var status = new MapValue { ["resourceRules"] = resourceRules, ["nonResourceRules"] = pathRules, ["incomplete"] = error.Length > 0 };
        if (error.Length > 0)
        {
            status["evaluationError"] = error;
        }

        review["status"] = status;
        return review;
    }
}
