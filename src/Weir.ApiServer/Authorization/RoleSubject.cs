using Weir.ApiServer.Authentication;

namespace Weir.ApiServer.Authorization;

/// <summary>A user, group or service account that a binding names.</summary>
internal sealed record RoleSubject(string Kind, string Namespace, string Name)
{
    public bool Matches(UserInfo user) => Kind switch
    {
        "User" => user.Name == Name,
        "Group" => user.Groups.Contains(Name),
        "ServiceAccount" => user.Name == $"system:serviceaccount:{Namespace}:{Name}",
        _ => false,
    };

    public override string ToString() => Kind == "ServiceAccount" ? $"{Kind} \"{Name}/{Namespace}\"" : $"{Kind} \"{Name}\"";
}
