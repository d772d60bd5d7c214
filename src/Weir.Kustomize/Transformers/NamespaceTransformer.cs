using System.Collections.Immutable;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>Puts objects into a namespace: all that are not known to have none, and the fields that name one.</summary>
internal sealed class NamespaceTransformer(string name, ImmutableArray<FieldSpec> fields) : Transformer
{
    private const string DefaultOnly = "defaultOnly";
    private const string AllServiceAccounts = "allServiceAccounts";
    private const string None = "none";

    private static readonly GoStruct Config = new(
        "NamespaceTransformerPlugin",
        ("metadata", KustomizationTypes.ObjectMeta),
        ("fieldSpecs", GoType.ListOf(KustomizationTypes.FieldSpec)),
        ("unsetOnly", GoType.Bool),
        ("setRoleBindingSubjects", GoType.String));

    private static readonly FieldSpec MetadataNamespace = new(KindExtensions.Any, "metadata/namespace", Create: true);

    /// <summary>Leaves namespaces that are set.</summary>
    public bool UnsetOnly { get; init; }

    /// <summary>Which subjects of role bindings get the namespace.</summary>
    public string Subjects { get; init; } = DefaultOnly;

    public override string Kind => "NamespaceTransformer";

    public static NamespaceTransformer Configure(MapValue config, PluginInput input)
    {
        _ = input;
        var decoded = PluginInput.Decode(config, Config);
        var subjects = decoded.Text("setRoleBindingSubjects");
        if (subjects is not ("" or DefaultOnly or AllServiceAccounts or None))
        {
            throw new BuildFailure(
                $"invalid value \"{subjects}\" for setRoleBindingSubjects: must be one of \"{DefaultOnly}\", \"{None}\" or \"{AllServiceAccounts}\"",
                config.Span)
            {
                Code = "kustomize-plugin",
            };
        }

        return new NamespaceTransformer((decoded.GetMap("metadata") ?? []).Text("namespace"), FieldSpecReader.ReadAll(decoded, "fieldSpecs"))
        {
            Span = config.Span,
            UnsetOnly = decoded.Flag("unsetOnly"),
            Subjects = subjects.Length == 0 ? DefaultOnly : subjects,
        };
    }

    public override void Transform(ResourceList resources)
    {
        if (name.Length == 0)
        {
            return;
        }

        var cache = new FieldSpecCache(fields);
        foreach (var resource in resources)
        {
            if (resource.IsEmpty || resource.IsHelmGenerated)
            {
                continue;
            }

            resource.StorePreviousId();
            Transform(resource, cache);
        }

        resources.IdsChanged();
        foreach (var resource in resources)
        {
            if (!resource.IsEmpty && !resource.IsHelmGenerated && resources.CountOf(resource.CurrentId) != 1)
            {
                throw new BuildFailure(
                    $"namespace transformation produces ID conflict: {resource.CurrentId}",
                    resource.Object.Span,
                    "two objects of the same kind and name would share the namespace")
                {
                    Code = "kustomize-duplicate-id",
                };
            }
        }
    }

    /// <summary>Puts one object into the namespace, whatever else has its name there.</summary>
    public void TransformOne(Resource resource) => Transform(resource, new FieldSpecCache(fields));

    private void Transform(Resource resource, FieldSpecCache cache)
    {
        var isCore = Scalar.Text(resource.Object["apiVersion"]) == "v1";
        if (!resource.IsClusterScoped)
        {
            new FieldSpecWalk(MetadataNamespace, NodeKind.Scalar, Set).Visit(resource);
        }

        var isBinding = resource.Kind is "RoleBinding" or "ClusterRoleBinding";
        if (isBinding)
        {
            SetSubjects(resource);
        }

        try
        {
            foreach (var field in cache.For(resource.Gvk))
            {
                if (field.Path == "metadata/namespace"
                    || (!isCore && field.Path == "metadata/name")
                    || (isBinding && field.Gvk.Kind is "RoleBinding" or "ClusterRoleBinding" && field.Path == "subjects/namespace"))
                {
                    continue;
                }

                new FieldSpecWalk(field, NodeKind.Scalar, Set).Visit(resource);
            }
        }
        catch (BuildFailure failure)
        {
            throw failure.Wrap(failure.Code == "kustomize-wrong-kind" ? "namespace field specs must target scalar nodes" : "namespace transformation failed");
        }
    }

    private void SetSubjects(Resource resource)
    {
        var subjects = resource.Object["subjects"];
        if (Subjects == None || Scalar.IsMissingOrNull(subjects))
        {
            return;
        }

        var list = subjects as ListValue ?? throw Node.WrongKind("SequenceNode", subjects!);
        foreach (var item in list)
        {
            var (key, value) = Subjects == AllServiceAccounts ? ("kind", "ServiceAccount") : ("name", "default");
            var found = Node.Get(item, key);
            if (Scalar.IsMissingOrNull(found))
            {
                continue;
            }

            Node.RequireScalar(found);
            if (Scalar.Text(found) == value)
            {
                Set(NodeLookup.FindOrCreate((MapValue)item, NodeKind.Scalar, "namespace"));
            }
        }
    }

    private void Set(Slot slot)
    {
        if (UnsetOnly && Scalar.IsScalar(slot.Value) && !Scalar.IsNull(slot.Value) && Scalar.Text(slot.Value).Length > 0)
        {
            return;
        }

        Node.SetScalar(slot, name, ScalarTag.String);
    }
}
