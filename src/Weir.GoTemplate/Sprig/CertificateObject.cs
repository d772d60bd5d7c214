using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>What sprig's certificate functions answer: a certificate and its key, both in PEM.</summary>
internal sealed class CertificateObject(string cert, string key) : GoObject
{
    public const string TypeName = "sprig.certificate";

    private static readonly ReflectType CertificateType = ReflectType.Named(TypeName, ReflectKind.Struct);

    public string Cert { get; } = cert;

    public string Key { get; } = key;

    public override ReflectType Type => CertificateType;

    public override IEnumerable<KeyValuePair<string, Value>> Fields => [new("Cert", Cert), new("Key", Key)];

    public override Value ToPlain() => new MapValue { ["Cert"] = Cert, ["Key"] = Key };

    public override bool Equals(Value? other) => other is CertificateObject c && c.Cert == Cert && c.Key == Key;

    public override int GetHashCode() => Cert.GetHashCode(StringComparison.Ordinal);
}
