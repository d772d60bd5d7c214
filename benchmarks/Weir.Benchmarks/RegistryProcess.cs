using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Weir.Sources.Artifacts;
using Weir.Sources.Files;

namespace Weir.Benchmarks;

/// <summary>A real <c>docker-registry</c> on a free port, with what is pushed to it in a folder.</summary>
internal sealed class RegistryProcess : IDisposable
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private readonly Process _process;
    private readonly HttpClient _http;

    private RegistryProcess(Process process, string address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}/") };
    }

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string Address { get; }

    public static async Task<RegistryProcess> StartAsync(string folder)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}");
        var config = Path.Combine(folder, "registry.yml");
        await File.WriteAllTextAsync(
            config,
            $"version: 0.1\nlog: {{level: error, accesslog: {{disabled: true}}}}\nstorage: {{filesystem: {{rootdirectory: {folder}/registry}}}}\nhttp: {{addr: '{address}'}}\n");
        var start = new ProcessStartInfo("docker-registry", ["serve", config]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var registry = new RegistryProcess(Process.Start(start)!, address);
        registry._process.BeginOutputReadLine();
        registry._process.BeginErrorReadLine();
        for (var i = 0; ; i++)
        {
            try
            {
                (await registry._http.GetAsync(new Uri("v2/", UriKind.Relative))).Dispose();
                return registry;
            }
            catch (HttpRequestException) when (i < 200)
            {
                await Task.Delay(50);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Pushes the content of a folder as a Flux artifact.</summary>
    public async Task PushAsync(string repository, string tag, string folder)
    {
        using var layer = new MemoryStream();
        TarGz.WriteDirectory(folder, new IgnorePatterns(), layer);
        var config = "{}"u8.ToArray();
        var content = layer.ToArray();
        var (configDigest, layerDigest) = (await BlobAsync(repository, config), await BlobAsync(repository, content));
        using var manifest = new ByteArrayContent(Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{"mediaType":"application/vnd.cncf.flux.config.v1+json","digest":"{{configDigest}}","size":{{config.Length}}},"layers":[{"mediaType":"application/vnd.cncf.flux.content.v1.tar+gzip","digest":"{{layerDigest}}","size":{{content.Length}}}]}"""));
        manifest.Headers.ContentType = new MediaTypeHeaderValue(ManifestType);
        using var answer = await _http.PutAsync(new Uri($"v2/{repository}/manifests/{tag}", UriKind.Relative), manifest);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> BlobAsync(string repository, byte[] bytes)
    {
        var digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        using var start = await _http.PostAsync(new Uri($"v2/{repository}/blobs/uploads/", UriKind.Relative), null);
        start.EnsureSuccessStatusCode();
        var location = start.Headers.Location!.ToString();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await _http.PutAsync(new Uri($"{location}{(location.Contains('?', StringComparison.Ordinal) ? '&' : '?')}digest={digest}", UriKind.RelativeOrAbsolute), content);
        answer.EnsureSuccessStatusCode();
        return digest;
    }
}
