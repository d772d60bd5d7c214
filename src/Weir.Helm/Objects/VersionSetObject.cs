using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary><c>.Capabilities.APIVersions</c>: a list of texts that can be asked whether it has one.</summary>
internal sealed class VersionSetObject : GoObject
{
    private static readonly ReflectType SetType = ReflectType.Named("common.VersionSet", ReflectType.StringList);
    private static readonly Signature HasSignature = Signature.Parse("func(string) bool");

    private readonly ListValue _list;
    private readonly TemplateFunction _has;

    public VersionSetObject(IReadOnlyList<string> versions)
    {
        var set = new HashSet<string>(versions, StringComparer.Ordinal);
        _list = new ListValue(versions.Select(v => (Value)new StringValue(v))) { ElementType = ElementType.String };
        _has = new TemplateFunction("Has", HasSignature, (_, a) => BoolValue.Of(set.Contains(a.String(0))));
    }

    public override ReflectType Type => SetType;

    public override Value Underlying => _list;

    public override TemplateFunction? GetMethod(string name) => name == "Has" ? _has : null;
}
