using Weir.Kubernetes;
using Weir.Kustomize.Kustomizations;
using Weir.Values;

namespace Weir.Kustomize.Resources;

/// <summary>A name that stands for the value of a field of an object.</summary>
internal sealed record Var(string Name, ResourceId Target, string FieldPath, string AsWritten, SourceSpan Span)
{
    public static Var Read(MapValue fields)
    {
        var target = fields.GetMap("objref") ?? [];
        var kind = new GroupVersionKind(target.Text("group"), target.Text("version"), target.Text("kind"));
        var path = (fields.GetMap("fieldref") ?? []).Text("fieldPath");
        var asWritten = $"{{{fields.Text("name")} {kind.ToIdText()} {{{path}}}}}";
        var apiVersion = target.Text("apiVersion");
        if (apiVersion.Length > 0)
        {
            var parts = apiVersion.Split('/');
            kind = parts.Length switch
            {
                1 => kind with { Version = apiVersion },
                2 => kind with { Group = parts[0], Version = parts[1] },
                _ => kind,
            };
        }

        return new(
            fields.Text("name"),
            new ResourceId(kind, target.Text("name"), target.Text("namespace")),
            path.Length > 0 ? path : "metadata.name",
            asWritten,
            fields.Span);
    }

    /// <summary>The var as Go prints it once its apiVersion was taken apart.</summary>
    public override string ToString() => $"{{{Name} {Target.Gvk.ToIdText()} {{{FieldPath}}}}}";
}
