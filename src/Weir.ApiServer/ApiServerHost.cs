using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Weir.ApiServer.Authentication;

namespace Weir.ApiServer;

/// <summary>
/// A running embedded Kubernetes API. It listens on HTTPS, and nothing but health and version is told without credentials.
/// </summary>
public sealed class ApiServerHost : IAsyncDisposable
{
    // Selectors may be long; Go's servers take as much.
    private const int MaxRequestLine = 256 * 1024;
    private const int MaxRequestHeaders = 1024 * 1024;

    private readonly WebApplication _application;
    private readonly ApiServer _server;
    private readonly ServerCertificates _certificates;

    private ApiServerHost(WebApplication application, ApiServer server, ServerCertificates certificates, Uri address, string adminToken, (string, string) adminCertificate)
    {
        _application = application;
        _server = server;
        _certificates = certificates;
        Address = address;
        AdminToken = adminToken;
        (AdminCertificatePem, AdminKeyPem) = adminCertificate;
    }

    /// <summary>Where it listens, such as <c>https://127.0.0.1:6443</c>.</summary>
    public Uri Address { get; }

    /// <summary>A bearer token of a member of <c>system:masters</c>, new at every start.</summary>
    public string AdminToken { get; }

    /// <summary>The administrator's client certificate.</summary>
    public string AdminCertificatePem { get; }

    /// <summary>The key of <see cref="AdminCertificatePem"/>.</summary>
    public string AdminKeyPem { get; }

    /// <summary>The certificate authority that clients are to trust.</summary>
    public string AuthorityPem => _certificates.AuthorityPem;

    /// <summary>Starts a server; it answers requests when this returns.</summary>
    public static async Task<ApiServerHost> StartAsync(ApiServerOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var now = options.Time.GetUtcNow();
        var certificates = DataDirectory.Certificates(options, now);

        // What serves HTTP is put together while the objects of every cluster are made.
        var building = Task.Run(() => Build(kestrel => Configure(kestrel, options, certificates)), CancellationToken.None);
        var adminToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        ApiServer server;
        try
        {
            server = await ApiServer.CreateAsync(options, certificates, adminToken).ConfigureAwait(false);
        }
        catch
        {
            await (await building.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var application = await building.ConfigureAwait(false);
        application.Run(server.HandleAsync);
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await application.DisposeAsync().ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        var address = new Uri(addresses?.Addresses.First() ?? throw new UnreachableException("A started server has no address."));
        if (address.HostNameType is UriHostNameType.IPv4 && address.Host == "0.0.0.0")
        {
            address = new UriBuilder(address) { Host = "127.0.0.1" }.Uri;
        }

        var host = new ApiServerHost(application, server, certificates, address, adminToken,
            certificates.IssueClient("kubernetes-admin", [UserInfo.MastersGroup], now));
        server.Start(address);
        return host;
    }

    /// <summary>A kubeconfig for the administrator.</summary>
    public string AdminKubeconfig() => Kubeconfig.Write(Address, AuthorityPem, AdminCertificatePem, AdminKeyPem, AdminToken);

    /// <summary>Writes <see cref="AdminKubeconfig"/> to a file that only its owner can read.</summary>
    public void WriteAdminKubeconfig(string file) => DataDirectory.WritePrivate(file, AdminKubeconfig());

    /// <summary>A client that trusts this server and speaks as its administrator. The caller disposes it.</summary>
    public HttpClient CreateAdminClient()
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificate.GetRawCertData().AsSpan().SequenceEqual(_certificates.Serving.RawDataMemory.Span);
        var client = new HttpClient(handler) { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", AdminToken);
        return client;
    }

    /// <summary>Ends watches, waits for running requests, closes storage.</summary>
    public async ValueTask DisposeAsync()
    {
        _server.Stop();
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(3)))
        {
            await _application.StopAsync(limit.Token).ConfigureAwait(false);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
        await _server.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A web application without configuration files, environment variables and logs.</summary>
    private static WebApplication Build(Action<KestrelServerOptions> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(configure);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(static o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return builder.Build();
    }

    private static void Configure(KestrelServerOptions kestrel, ApiServerOptions options, ServerCertificates certificates)
    {
        kestrel.AddServerHeader = false;

        // Warnings may quote what clients wrote.
        kestrel.ResponseHeaderEncodingSelector = static _ => System.Text.Encoding.UTF8;
        kestrel.Limits.MaxRequestBodySize = Requests.BodyReader.HardLimit;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxRequestHeaders;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxRequestLine;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(5);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
        kestrel.Listen(options.BindAddress, options.Port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificates.Serving,
                SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,

                // A certificate of another authority is no credential; the request then counts as it is without it.
                ClientCertificateValidation = (_, _, _) => true,
            });
        });
    }
}
