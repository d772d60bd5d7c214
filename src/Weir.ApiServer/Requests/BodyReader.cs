using System.Buffers;
using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Statuses;

namespace Weir.ApiServer.Requests;

/// <summary>Reads request bodies, up to what kube-apiserver takes.</summary>
internal static class BodyReader
{
    /// <summary>3 MiB, as upstream.</summary>
    public const int Limit = 3 * 1024 * 1024;

    /// <summary>Beyond this the connection is cut instead of read to the end.</summary>
    public const long HardLimit = 64L * 1024 * 1024;

    public static async Task<byte[]> ReadAsync(RequestContext context)
    {
        var request = context.Http.Request;
        if (request.ContentLength > Limit)
        {
            throw TooLarge();
        }

        if (request.ContentLength is { } length)
        {
            var body = new byte[(int)length];
            try
            {
                await request.Body.ReadExactlyAsync(body, context.Aborted).ConfigureAwait(false);
            }
            catch (EndOfStreamException)
            {
                throw ApiStatus.BadRequest("unexpected EOF").ToException();
            }

            return body;
        }

        var buffer = new ArrayBufferWriter<byte>(4_096);
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.GetMemory(4_096), context.Aborted).ConfigureAwait(false);
                if (read == 0)
                {
                    return buffer.WrittenSpan.ToArray();
                }

                buffer.Advance(read);
                if (buffer.WrittenCount > Limit)
                {
                    throw TooLarge();
                }
            }
        }
        catch (BadHttpRequestException exception)
        {
            throw (exception.StatusCode == 413 ? TooLargeStatus() : ApiStatus.BadRequest(exception.Message)).ToException();
        }
    }

    private static ApiException TooLarge() => TooLargeStatus().ToException();

    private static ApiStatus TooLargeStatus() => ApiStatus.TooLarge("Request entity too large: limit is 3145728");
}
