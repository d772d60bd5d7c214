using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Namespaces.</summary>
internal sealed class NamespaceKind : BuiltInKind
{
    private const string Finalizer = "kubernetes";
    private const string NameLabel = "kubernetes.io/metadata.name";

    public override void Default(MapValue value)
    {
        if (value.Name() is { Length: > 0 } name)
        {
            value.GetMap("metadata")!.GetOrAddMap("labels")[NameLabel] = name;
        }
    }

    public override void PrepareCreate(MapValue value)
    {
        var finalizers = value.GetOrAddMap("spec").GetList("finalizers") ?? new ListValue();
        if (!finalizers.Contains(new StringValue(Finalizer)))
        {
            finalizers.Add(Finalizer);
        }

        value.GetMap("spec")!["finalizers"] = finalizers;
        value["status"] = new MapValue { ["phase"] = "Active" };
        value.GetOrAddMap("metadata").GetOrAddMap("labels")[NameLabel] = value.Name();
    }

    public override void PrepareUpdate(MapValue value, MapValue old)
    {
        var spec = value.GetOrAddMap("spec");
        if (old.At("spec", "finalizers") is { } finalizers)
        {
            spec["finalizers"] = finalizers;
        }
        else
        {
            spec.Remove("finalizers");
        }
    }
}
