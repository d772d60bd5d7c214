using System.Runtime.CompilerServices;
using Weir.ApiServer.Authentication;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Authorization;

/// <summary>Decides by the roles and bindings in the store; members of <c>system:masters</c> may do everything.</summary>
internal sealed class RbacAuthorizer(ObjectStore store)
{
    public const string Group = "rbac.authorization.k8s.io";

    private readonly ResourceTable _clusterRoles = store.Table($"clusterroles.{Group}");
    private readonly ResourceTable _roles = store.Table($"roles.{Group}");
    private readonly ResourceTable _clusterRoleBindings = store.Table($"clusterrolebindings.{Group}");
    private readonly ResourceTable _roleBindings = store.Table($"rolebindings.{Group}");
    private readonly ConditionalWeakTable<StoredObject, IReadOnlyList<PolicyRule>> _rules = [];
    private readonly ConditionalWeakTable<StoredObject, RoleBindingRecord> _bindings = [];

    public AccessDecision Authorize(AccessAttributes wanted)
    {
        if (wanted.User.IsMaster)
        {
            return new(true, "", "");
        }

        var reason = "";
        List<string>? errors = null;
        Visit(wanted.User, wanted.Namespace, (rules, binding, subject, error) =>
        {
            if (error is not null)
            {
                (errors ??= []).Add(error);
                return true;
            }

            foreach (var rule in rules)
            {
                if (rule.Allows(wanted))
                {
                    reason = binding.Describe(subject);
                    return false;
                }
            }

            return true;
        });
        return reason.Length > 0 ? new(true, reason, "") : new(false, errors is null ? "" : $"RBAC: {Joined(errors)}", errors is null ? "" : Joined(errors));
    }

    /// <summary>All rules that hold for a user in a namespace (cluster-wide ones only when it is empty).</summary>
    public IReadOnlyList<PolicyRule> RulesFor(UserInfo user, string ns, out string error)
    {
        var all = new List<PolicyRule>();
        var errors = new List<string>();
        Visit(user, ns, (rules, _, _, problem) =>
        {
            if (problem is null)
            {
                all.AddRange(rules);
            }
            else
            {
                errors.Add(problem);
            }

            return true;
        });
        error = errors.Count == 0 ? "" : Joined(errors);
        return all;
    }

    /// <summary>The rules of a role, or <see langword="null"/> when there is no such role.</summary>
    public IReadOnlyList<PolicyRule>? RulesOf(string kind, string ns, string name)
    {
        var role = kind == "ClusterRole" ? _clusterRoles.Objects.Find("", name) : _roles.Objects.Find(ns, name);
        return role is null ? null : _rules.GetValue(role, static r => PolicyRule.ReadAll(r.Decode().GetList("rules")));
    }

    private static string Joined(List<string> errors) => errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors.Distinct())}]";

    private void Visit(UserInfo user, string ns, Func<IReadOnlyList<PolicyRule>, RoleBindingRecord, RoleSubject, string?, bool> visit)
    {
        if (VisitAll(_clusterRoleBindings.Objects.List(null), user, visit) && ns.Length > 0)
        {
            VisitAll(_roleBindings.Objects.List(ns), user, visit);
        }
    }

    private bool VisitAll(IEnumerable<StoredObject> bindings, UserInfo user, Func<IReadOnlyList<PolicyRule>, RoleBindingRecord, RoleSubject, string?, bool> visit)
    {
        foreach (var stored in bindings)
        {
            var binding = _bindings.GetValue(stored, static s => RoleBindingRecord.Read(s.Decode()));
            if (binding.SubjectOf(user) is not { } subject)
            {
                continue;
            }

            var rules = RulesOf(binding.RoleKind, binding.Namespace, binding.RoleName);
            var error = rules is null ? $"{(binding.RoleKind == "ClusterRole" ? "clusterrole" : "role")}.{Group} \"{binding.RoleName}\" not found" : null;
            if (!visit(rules ?? [], binding, subject, error))
            {
                return false;
            }
        }

        return true;
    }
}
