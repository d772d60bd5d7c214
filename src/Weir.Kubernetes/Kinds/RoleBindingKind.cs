using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Bindings of roles.</summary>
internal sealed class RoleBindingKind(bool isCluster) : BuiltInKind
{
    private const string Group = "rbac.authorization.k8s.io";

    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        var role = value.GetOrAddMap("roleRef");
        if (role.GetString("apiGroup") is not { Length: > 0 })
        {
            role["apiGroup"] = Group;
        }

        foreach (var item in value.GetList("subjects") ?? [])
        {
            if (item is MapValue subject && subject.GetString("kind") is "User" or "Group")
            {
                SetDefault((MapValue)item, "apiGroup", Group);
            }
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var role = value.GetMap("roleRef") ?? [];
        if (role.GetString("apiGroup") != Group)
        {
            errors.Add(FieldError.NotSupported("roleRef.apiGroup", role.GetString("apiGroup") ?? "", [Group]));
        }

        string[] kinds = isCluster ? ["ClusterRole"] : ["Role", "ClusterRole"];
        var kind = role.GetString("kind") ?? "";
        if (!kinds.Contains(kind))
        {
            errors.Add(FieldError.NotSupported("roleRef.kind", kind, kinds));
        }

        if (role.GetString("name") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("roleRef.name"));
        }

        var subjects = value.GetList("subjects") ?? [];
        for (var i = 0; i < subjects.Count; i++)
        {
            Subject((MapValue)subjects[i], string.Create(CultureInfo.InvariantCulture, $"subjects[{i}]"), errors);
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        if (!Value.DeepEquals(value["roleRef"], old["roleRef"]))
        {
            var role = value.GetMap("roleRef") ?? [];
            var shown = new MapValue
            {
                ["APIGroup"] = role.GetString("apiGroup") ?? "",
                ["Kind"] = role.GetString("kind") ?? "",
                ["Name"] = role.GetString("name") ?? "",
            };
            errors.Add(FieldError.Invalid("roleRef", shown, "cannot change roleRef"));
        }
    }

    private void Subject(MapValue subject, string path, ICollection<FieldError> errors)
    {
        if (subject.GetString("name") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required($"{path}.name"));
        }

        switch (subject.GetString("kind"))
        {
            case "ServiceAccount":
                if (isCluster && subject.GetString("namespace") is not { Length: > 0 })
                {
                    errors.Add(FieldError.Required($"{path}.namespace"));
                }

                break;
            case "User" or "Group":
                if (subject.GetString("apiGroup") != Group)
                {
                    errors.Add(FieldError.NotSupported($"{path}.apiGroup", subject.GetString("apiGroup") ?? "", [Group]));
                }

                break;
            case var other:
                errors.Add(FieldError.NotSupported($"{path}.kind", other ?? "", ["ServiceAccount", "User", "Group"]));
                break;
        }
    }
}
