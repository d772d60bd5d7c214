using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Testing;

/// <summary>The real <c>docker-registry</c> on loopback, with its storage in a folder of its own.</summary>
public sealed class DockerRegistry : IAsyncDisposable
{
    /// <summary>The media type of a manifest.</summary>
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private const string Program = "docker-registry";

    /// <summary>User and password below, as <c>htpasswd</c> writes them.</summary>
    private const string Account = "user:$2a$10$fSx.gfSXvOys5xTG1EKsl.GwL1vKLKCbU6w4FKg4Ol.zKDeb5.FfW";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-registry-").FullName;
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private DockerRegistry(int port, string? account)
    {
        Host = $"127.0.0.1:{port}";
        var configuration = Path.Combine(_folder, "config.yml");
        var text = $"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {_folder}/data}}}}\nhttp: {{addr: \"{Host}\"}}\n";
        if (account is not null)
        {
            File.WriteAllText(Path.Combine(_folder, "htpasswd"), account + "\n");
            text += $"auth: {{htpasswd: {{realm: test, path: {_folder}/htpasswd}}}}\n";
            _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{User}:{Password}")));
        }

        File.WriteAllText(configuration, text);
        _process = Process.Start(new ProcessStartInfo(Program, ["serve", configuration]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, Program)));

    public string Host { get; }

    /// <summary>Who may use a registry that asks for a password.</summary>
    public static string User => "user";

    public static string Password => "secret";

    /// <summary>A registry that knows nobody but <see cref="User"/>.</summary>
    public static Task<DockerRegistry> StartWithPasswordAsync() => StartAsync(Account);

    /// <summary>A registry for everybody.</summary>
    public static Task<DockerRegistry> StartAsync() => StartAsync(null);

    private static async Task<DockerRegistry> StartAsync(string? account)
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var registry = new DockerRegistry(port, account);
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await registry._http.GetAsync(new Uri($"http://{registry.Host}/v2/"));
                return registry;
            }
            catch (HttpRequestException) when (deadline.Elapsed < TimeSpan.FromSeconds(20))
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Pushes a manifest of these layers and answers its digest.</summary>
    public async Task<string> PushAsync(string repository, IReadOnlyList<string> tags, params (string MediaType, byte[] Content)[] layers)
    {
        var config = "{}"u8.ToArray();
        await PushBlobAsync(repository, config);
        var list = new ListValue();
        foreach (var (mediaType, content) in layers)
        {
            await PushBlobAsync(repository, content);
            list.Add(Descriptor(mediaType, content));
        }

        return await PushManifestAsync(repository, tags, new MapValue
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ManifestType,
            ["config"] = Descriptor("application/vnd.cncf.flux.config.v1+json", config),
            ["layers"] = list,
            ["annotations"] = new MapValue { ["org.opencontainers.image.source"] = "test" },
        });
    }

    /// <summary>Pushes a manifest or an index as it is; without tags under its digest. Answers the digest.</summary>
    public async Task<string> PushManifestAsync(string repository, IReadOnlyList<string> tags, MapValue manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(tags);
        var content = JsonWriter.WriteUtf8(manifest);
        foreach (var tag in tags.Count > 0 ? tags : [Digest(content)])
        {
            using var body = new ByteArrayContent(content);
            body.Headers.ContentType = new(manifest.GetString("mediaType") ?? ManifestType);
            using var response = await _http.PutAsync(new Uri($"http://{Host}/v2/{repository}/manifests/{tag}"), body);
            response.EnsureSuccessStatusCode();
        }

        return Digest(content);
    }

    /// <summary>Pushes a blob and answers its descriptor.</summary>
    public async Task<MapValue> PushDescribedAsync(string repository, string mediaType, byte[] content)
    {
        await PushBlobAsync(repository, content);
        return Descriptor(mediaType, content);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static MapValue Descriptor(string mediaType, byte[] content) => new()
    {
        ["mediaType"] = mediaType,
        ["digest"] = Digest(content),
        ["size"] = content.Length,
    };

    private static string Digest(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    private async Task PushBlobAsync(string repository, byte[] content)
    {
        using var empty = new StringContent("", Encoding.ASCII);
        using var started = await _http.PostAsync(new Uri($"http://{Host}/v2/{repository}/blobs/uploads/"), empty);
        started.EnsureSuccessStatusCode();
        var target = new Uri(new Uri($"http://{Host}"), started.Headers.Location!);
        var separator = target.Query.Length > 0 ? '&' : '?';
        using var body = new ByteArrayContent(content);
        using var done = await _http.PutAsync(new Uri($"{target}{separator}digest={Uri.EscapeDataString(Digest(content))}"), body);
        done.EnsureSuccessStatusCode();
    }
}
