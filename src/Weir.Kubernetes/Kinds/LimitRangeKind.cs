using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Limit ranges.</summary>
internal sealed class LimitRangeKind : BuiltInKind
{
    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        foreach (var item in (value.At("spec", "limits") as ListValue ?? []).OfType<MapValue>())
        {
            if (item.GetString("type") == "Container")
            {
                Fill(item, "default", "max");
                Fill(item, "defaultRequest", "default");
                Fill(item, "defaultRequest", "min");
            }
        }
    }

    private static void Fill(MapValue item, string key, string source)
    {
        foreach (var (name, amount) in item.GetMap(source) ?? [])
        {
            SetDefault(item.GetOrAddMap(key), name, amount);
        }
    }
}
