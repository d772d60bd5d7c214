namespace Weir.Helm;

/// <summary>The build of Helm that templates see in <c>.Capabilities.HelmVersion</c>.</summary>
public sealed record HelmVersion
{
    /// <summary>The build whose behaviour this room follows.</summary>
    public static HelmVersion Default { get; } = new();

    public string Version { get; init; } = "v4.2.4";

    public string GitCommit { get; init; } = "3900f434fd3ef2b84065dc04508df48f288dba00";

    public string GitTreeState { get; init; } = "clean";

    public string GoVersion { get; init; } = "go1.26.0";

    public string KubeClientVersion { get; init; } = "v1.36";
}
