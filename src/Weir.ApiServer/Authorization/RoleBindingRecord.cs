using Weir.ApiServer.Authentication;
using Weir.Values;

namespace Weir.ApiServer.Authorization;

/// <summary>A RoleBinding or ClusterRoleBinding, read.</summary>
internal sealed record RoleBindingRecord(string Kind, string Name, string Namespace, string RoleKind, string RoleName, IReadOnlyList<RoleSubject> Subjects)
{
    public static RoleBindingRecord Read(MapValue binding)
    {
        var role = binding.GetMap("roleRef");
        var subjects = new List<RoleSubject>();
        foreach (var item in binding.GetList("subjects") ?? [])
        {
            if (item is MapValue subject)
            {
                subjects.Add(new RoleSubject(subject.GetString("kind") ?? "", subject.GetString("namespace") ?? "", subject.GetString("name") ?? ""));
            }
        }

        var metadata = binding.GetMap("metadata");
        return new(
            binding.GetString("kind") ?? "",
            metadata?.GetString("name") ?? "",
            metadata?.GetString("namespace") ?? "",
            role?.GetString("kind") ?? "",
            role?.GetString("name") ?? "",
            subjects);
    }

    /// <summary>The subject through which a user is bound, or <see langword="null"/>.</summary>
    public RoleSubject? SubjectOf(UserInfo user)
    {
        foreach (var subject in Subjects)
        {
            if (subject.Matches(user))
            {
                return subject;
            }
        }

        return null;
    }

    /// <summary>As access reviews name the binding that allowed something.</summary>
    public string Describe(RoleSubject subject) => Namespace.Length == 0
        ? $"RBAC: allowed by {Kind} \"{Name}\" of {RoleKind} \"{RoleName}\" to {subject}"
        : $"RBAC: allowed by {Kind} \"{Name}/{Namespace}\" of {RoleKind} \"{RoleName}\" to {subject}";
}
