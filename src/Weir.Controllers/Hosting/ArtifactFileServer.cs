using System.Net;
using Weir.Sources.Artifacts;

namespace Weir.Controllers;

/// <summary>Answers requests for files of the artifact store.</summary>
internal sealed class ArtifactFileServer(ArtifactStore store)
{
    public async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        var path = Uri.UnescapeDataString(context.Request.Url?.AbsolutePath.TrimStart('/') ?? "");
        Stream? file;
        try
        {
            file = path.Length == 0 ? null : store.Open(path);
        }
        catch (ArgumentException)
        {
            file = null;
        }

        if (file is null)
        {
            // The root answers probes, as the file server of Flux does.
            response.StatusCode = path.Length == 0 ? 200 : 404;
            return;
        }

        await using (file.ConfigureAwait(false))
        {
            response.ContentLength64 = file.Length;
            if (context.Request.HttpMethod != "HEAD")
            {
                await file.CopyToAsync(response.OutputStream, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
