using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary><c>.Capabilities.HelmVersion</c>.</summary>
internal sealed class HelmVersionObject(HelmVersion version) : GoObject
{
    private static readonly ReflectType StructType = ReflectType.Named("version.BuildInfo", ReflectKind.Struct);

    private readonly KeyValuePair<string, Value>[] _fields =
    [
        new("Version", new StringValue(version.Version)),
        new("GitCommit", new StringValue(version.GitCommit)),
        new("GitTreeState", new StringValue(version.GitTreeState)),
        new("GoVersion", new StringValue(version.GoVersion)),
        new("KubeClientVersion", new StringValue(version.KubeClientVersion)),
    ];

    public override ReflectType Type => StructType;

    public override IEnumerable<KeyValuePair<string, Value>> Fields => _fields;

    public override Value ToPlain() => StructPlain.Of(_fields, JsonName);

    private static string JsonName(string field) => field switch
    {
        "Version" => "version",
        "GitCommit" => "git_commit",
        "GitTreeState" => "git_tree_state",
        "GoVersion" => "go_version",
        _ => "kube_client_version",
    };
}
