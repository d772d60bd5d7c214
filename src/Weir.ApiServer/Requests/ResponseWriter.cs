using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Statuses;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Requests;

/// <summary>Writes answers in the negotiated format, with warnings, and compressed when large and wanted.</summary>
internal static class ResponseWriter
{
    /// <summary>kube-apiserver compresses from here on.</summary>
    private const int GzipThreshold = 128 * 1024;

    public static Task WriteAsync(RequestContext context, int code, Value body)
    {
        switch (context.Format)
        {
            case MediaFormat.Yaml:
                return WriteBytesAsync(context, code, System.Text.Encoding.UTF8.GetBytes(YamlWriter.Write(body)), Negotiation.YamlType);
            case MediaFormat.Protobuf:
                return WriteBytesAsync(context, code, Protobuf.ProtobufEncoder.Encode((MapValue)body), Negotiation.ProtobufType);
            default:
                return WriteBytesAsync(context, code, context.IsPretty ? JsonEncoder.EncodePretty(body) : JsonEncoder.Encode(body), Negotiation.JsonType);
        }
    }

    /// <summary>JSON that is there already; rewritten when another format was asked for.</summary>
    public static Task WriteJsonAsync(RequestContext context, int code, byte[] json) =>
        context.Format == MediaFormat.Json && !context.IsPretty
            ? WriteBytesAsync(context, code, json, Negotiation.JsonType)
            : WriteAsync(context, code, JsonDecoder.DecodeStored(json));

    public static Task WriteStatusAsync(RequestContext context, ApiStatus status)
    {
        var response = context.Http.Response;
        if (status.Details is { RetryAfterSeconds: > 0 } details)
        {
            response.Headers.RetryAfter = details.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, status.Code, status.ToValue());
    }

    public static Task WriteTextAsync(HttpContext http, int code, string text)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>A document with an ETag: answered with 304 to a client that has it.</summary>
    public static Task WriteTaggedAsync(RequestContext context, byte[] body, string contentType)
    {
        var tag = $"\"{Convert.ToHexString(SHA256.HashData(body))}\"";
        var response = context.Http.Response;
        response.Headers.ETag = tag;
        response.Headers.Vary = "Accept";
        response.Headers.CacheControl = "public";
        if (context.Http.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }

        return WriteBytesAsync(context, 200, body, contentType);
    }

    public static async Task WriteBytesAsync(RequestContext context, int code, ReadOnlyMemory<byte> body, string contentType)
    {
        var response = context.Http.Response;
        response.StatusCode = code;
        response.ContentType = contentType;
        WriteWarnings(context);
        if (HttpMethods.IsHead(context.Method))
        {
            return;
        }

        if (body.Length >= GzipThreshold && context.Http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            response.Headers.Vary = "Accept-Encoding";
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
            await gzip.WriteAsync(body, context.Aborted).ConfigureAwait(false);
            return;
        }

        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.Aborted).ConfigureAwait(false);
    }

    public static void WriteWarnings(RequestContext context)
    {
        foreach (var header in WarningHeaders.Of(context.Warnings))
        {
            context.Http.Response.Headers.Append("Warning", header);
        }
    }
}
