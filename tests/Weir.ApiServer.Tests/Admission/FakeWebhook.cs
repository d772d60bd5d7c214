using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Tests.Admission;

/// <summary>A webhook on loopback that answers what a test wants and remembers what it was asked.</summary>
internal sealed class FakeWebhook : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;
    private readonly List<MapValue> _asked = [];

    private FakeWebhook(Func<MapValue, Task<MapValue>> answer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("hook.default.svc");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(_certificate)));
        _application = builder.Build();
        _application.Run(http => HandleAsync(http, answer));
    }

    public Uri Address { get; private set; } = new("https://127.0.0.1");

    public string Authority => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(_certificate.ExportCertificatePem()));

    /// <summary>The requests of the reviews, in order.</summary>
    public IReadOnlyList<MapValue> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    /// <summary>Answers with the fields of a response; the uid is added.</summary>
    public static Task<FakeWebhook> StartAsync(Func<MapValue, string> answer) =>
        StartAsync(request => Task.FromResult((MapValue)YamlReader.Read(answer(request)).Result!));

    public static async Task<FakeWebhook> StartAsync(Func<MapValue, Task<MapValue>> answer)
    {
        var hook = new FakeWebhook(answer);
        await hook._application.StartAsync(TestContext.Current.CancellationToken);
        hook.Address = new(hook._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return hook;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext http, Func<MapValue, Task<MapValue>> answer)
    {
        using var reader = new StreamReader(http.Request.Body);
        var review = (MapValue)JsonReader.Read(await reader.ReadToEndAsync(http.RequestAborted)).Result!;
        var request = review.GetMap("request")!;
        lock (_asked)
        {
            _asked.Add(request);
        }

        var response = await answer(request);
        if (response.GetInt("http") is { } code)
        {
            http.Response.StatusCode = (int)code;
            await http.Response.WriteAsync(response.GetString("text") ?? "", http.RequestAborted);
            return;
        }

        if (!response.ContainsKey("uid"))
        {
            response["uid"] = request["uid"]!;
        }

        await http.Response.WriteAsync(
            JsonWriter.Write(new MapValue { ["apiVersion"] = review["apiVersion"]!, ["kind"] = "AdmissionReview", ["response"] = response }), http.RequestAborted);
    }
}
