using System.Net;
using System.Text;

namespace Weir.Controllers;

/// <summary><c>/healthz</c> and <c>/readyz</c>: the engine lives; the engine has read the cluster and does its part.</summary>
internal sealed class HealthProbes(Func<bool> isHealthy, Func<bool> isReady)
{
    public async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        bool? isFine = context.Request.Url?.AbsolutePath.TrimEnd('/') switch
        {
            "/healthz" or "/healthz/ping" => isHealthy(),
            "/readyz" or "/readyz/ping" => isReady(),
            _ => null,
        };
        context.Response.StatusCode = isFine switch { true => 200, false => 500, null => 404 };
        context.Response.ContentType = "text/plain; charset=utf-8";
        var text = isFine switch { true => "ok", false => "not ok", null => "not found" };
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
    }
}
