using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Weir.Controllers.Tests.Buckets;

/// <summary>The <c>s3rver</c> of npm, a server of the S3 protocol that checks signatures, with one bucket. Its only key is S3RVER.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Key = "S3RVER";
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-s3-").FullName;
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private S3Server(string program, int port)
    {
        Endpoint = $"127.0.0.1:{port}";
        _process = Process.Start(new ProcessStartInfo(program, ["-d", _folder, "-a", "127.0.0.1", "-p", $"{port}", "--silent", "--no-vhost-buckets", "--configure-bucket", "fleet"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>The program: named by WEIR_S3RVER, or on the PATH; <see langword="null"/> when there is none.</summary>
    public static string? Program =>
        Environment.GetEnvironmentVariable("WEIR_S3RVER") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(static d => Path.Combine(d, "s3rver")).FirstOrDefault(File.Exists);

    public string Endpoint { get; }

    public static async Task<S3Server> StartAsync()
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        var server = new S3Server(Program!, port);
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var response = await server._http.GetAsync(new Uri($"http://{server.Endpoint}/"));
                return server;
            }
            catch (HttpRequestException) when (deadline.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task PutAsync(string key, string text)
    {
        using var body = new StringContent(text);
        using var response = await _http.PutAsync(new Uri($"http://{Endpoint}/fleet/{string.Join('/', key.Split('/').Select(Uri.EscapeDataString))}"), body);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
