using Weir.Sources.Buckets;
using Weir.Sources.Helm;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Oci;

namespace Weir.Controllers;

/// <summary>The clients of what lies outside, shared by the controllers of sources. Mirrors answer before the network.</summary>
internal sealed class RemoteSources : IDisposable
{
    public RemoteSources(SourceMirrors mirrors, TimeProvider time)
    {
        Mirrors = mirrors;
        Http = new HttpClients();
        Repositories = new HelmRepositoryClient(Http, mirrors);
        Registries = new OciClient(Http, mirrors, time);
        RegistryCharts = new OciChartClient(Registries);
        Buckets = new S3Client(Http, time);
    }

    public SourceMirrors Mirrors { get; }

    public HttpClients Http { get; }

    public HelmRepositoryClient Repositories { get; }

    public OciClient Registries { get; }

    public OciChartClient RegistryCharts { get; }

    public S3Client Buckets { get; }

    public void Dispose() => Http.Dispose();
}
