namespace Weir.Yaml;

/// <summary>How YAML is written. The default is byte for byte what <c>sigs.k8s.io/yaml</c> writes.</summary>
public sealed record YamlWriteOptions
{
    public static YamlWriteOptions Default { get; } = new();

    /// <summary>Helm's <c>toYamlPretty</c>: go-yaml v3 with an indent of two, lists indented under their key, lines never folded.</summary>
    public static YamlWriteOptions Pretty { get; } = new() { GoYamlV3 = true };

    public bool GoYamlV3 { get; init; }
}
