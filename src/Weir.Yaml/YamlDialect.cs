namespace Weir.Yaml;

/// <summary>Which of Go's libraries decides what a plain scalar means.</summary>
public enum YamlDialect
{
    /// <summary><c>sigs.k8s.io/yaml</c>: go-yaml v2 turned to JSON. Keys become strings, dates become strings.</summary>
    SigsYaml,

    /// <summary>go-yaml v2 alone.</summary>
    GoYamlV2,

    /// <summary>go-yaml v3, as kyaml reads files: <c>yes</c> and <c>on</c> are strings.</summary>
    GoYamlV3,
}
