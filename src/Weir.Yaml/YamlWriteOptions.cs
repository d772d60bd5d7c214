namespace Weir.Yaml;

/// <summary>How YAML is written. The default is byte for byte what <c>sigs.k8s.io/yaml</c> writes.</summary>
public sealed record YamlWriteOptions
{
    public static YamlWriteOptions Default { get; } = new();

    /// <summary>Helm's <c>toYamlPretty</c>: go-yaml v3 with an indent of two, lists indented under their key, lines never folded.</summary>
    public static YamlWriteOptions Pretty { get; } = new() { Dialect = YamlDialect.GoYamlV3 };

    /// <summary>
    /// Whose form the text has. <see cref="YamlDialect.SigsYaml"/> passes every value through JSON first: whole floats
    /// become integers and bytes that are no UTF-8 become U+FFFD. The others write floats as Go prints them and such bytes as <c>!!binary</c>.
    /// </summary>
    public YamlDialect Dialect { get; init; } = YamlDialect.SigsYaml;

    /// <summary>Spaces of one level, from 2 to 9; go-yaml v2 knows two only.</summary>
    public int Indent { get; init; } = 2;

    /// <summary>Lists stand in the column of their key, as kyaml writes them with go-yaml v3; the other dialects always do that.</summary>
    public bool CompactLists { get; init; }

    /// <summary>Keep the map's own order instead of sorting keys.</summary>
    public bool KeepOrder { get; init; }
}
