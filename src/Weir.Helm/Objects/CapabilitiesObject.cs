using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary><c>.Capabilities</c>.</summary>
internal sealed class CapabilitiesObject : GoObject
{
    private static readonly ReflectType StructType = ReflectType.Named("common.Capabilities", ReflectKind.Struct);
    private static readonly ReflectType PointerType = ReflectType.PointerTo(StructType);

    private readonly KeyValuePair<string, Value>[] _fields;

    public CapabilitiesObject(Capabilities capabilities) => _fields =
    [
        new("KubeVersion", new KubeVersionObject(capabilities.KubeVersion)),
        new("APIVersions", new VersionSetObject(capabilities.ApiVersions)),
        new("HelmVersion", new HelmVersionObject(capabilities.HelmVersion)),
    ];

    public override ReflectType Type => PointerType;

    public override IEnumerable<KeyValuePair<string, Value>> Fields => _fields;

    public override Value? GetField(string name) => name switch
    {
        "KubeVersion" => _fields[0].Value,
        "APIVersions" => _fields[1].Value,
        "HelmVersion" => _fields[2].Value,
        _ => null,
    };

    public override Value ToPlain() => StructPlain.Of(_fields);
}
