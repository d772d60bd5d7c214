namespace Weir.Sources.Oci;

/// <summary>Media types of registries, Helm and Flux.</summary>
public static class OciMediaTypes
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerIndex = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string HelmChart = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    public const string HelmConfig = "application/vnd.cncf.helm.config.v1+json";
    public const string FluxContent = "application/vnd.cncf.flux.content.v1.tar+gzip";
    public const string FluxConfig = "application/vnd.cncf.flux.config.v1+json";
}
