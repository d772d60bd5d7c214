using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary><c>.Capabilities.KubeVersion</c>.</summary>
internal sealed class KubeVersionObject(KubeVersion version) : GoObject
{
    private static readonly ReflectType StructType = ReflectType.Named("common.KubeVersion", ReflectKind.Struct);
    private static readonly Signature Text = Signature.Parse("func() string");

    private readonly KeyValuePair<string, Value>[] _fields =
    [
        new("Version", new StringValue(version.Version)),
        new("Major", new StringValue(version.Major)),
        new("Minor", new StringValue(version.Minor)),
    ];

    public override ReflectType Type => StructType;

    public override IEnumerable<KeyValuePair<string, Value>> Fields => _fields;

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "String" => new(name, Text, (_, _) => new StringValue(version.Normalized)),
        "GitVersion" => new(name, Text, (_, _) => _fields[0].Value),
        _ => null,
    };

    public override string ToText() => version.Normalized;

    public override Value ToPlain() => StructPlain.Of(_fields);
}
