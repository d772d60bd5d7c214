using Weir.Sources.Oci;

namespace Weir.Sources.Tests.Oci;

public sealed class OciUrlTests
{
    [Theory]
    [InlineData("oci://ghcr.io/org/app", "ghcr.io", "org/app")]
    [InlineData("oci://localhost:5000/app", "localhost:5000", "app")]
    [InlineData("oci://bitnamicharts/nginx", "index.docker.io", "bitnamicharts/nginx")]
    [InlineData("oci://docker.io/nginx", "index.docker.io", "library/nginx")]
    public void Finds_registry_and_repository(string url, string registry, string repository) =>
        Assert.Equal(new OciUrl(registry, repository), OciUrl.Parse(url));

    [Theory]
    [InlineData("https://ghcr.io/org/app", "URL must be in format 'oci://<domain>/<org>/<repo>'")]
    [InlineData("oci://ghcr.io/org/app:v1", "repository can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-./`: org/app:v1")]
    [InlineData("oci://ghcr.io/Org", "repository can only contain the characters `abcdefghijklmnopqrstuvwxyz0123456789_-./`: Org")]
    public void Refuses_what_is_none(string url, string message) =>
        Assert.Equal(message, Assert.Throws<SourceException>(() => OciUrl.Parse(url)).Message);

    [Theory]
    [InlineData("127.0.0.1:5000", true)]
    [InlineData("localhost", true)]
    [InlineData("registry.local:5000", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("ghcr.io", false)]
    public void Knows_registries_without_TLS(string registry, bool isLocal) =>
        Assert.Equal(isLocal, new OciUrl(registry, "app").IsLocal);
}
