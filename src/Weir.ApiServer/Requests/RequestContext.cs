using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Authentication;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Resources;

namespace Weir.ApiServer.Requests;

/// <summary>One request on its way through the server: who asks for what, and what is to be said beside the answer.</summary>
internal sealed class RequestContext(HttpContext http, RequestPath path, UserInfo user)
{
    private List<string>? _warnings;

    public HttpContext Http { get; } = http;

    public RequestPath Path { get; } = path;

    public UserInfo User { get; set; } = user;

    public string Method => Http.Request.Method;

    /// <summary>Kubernetes' verb: get, list, watch, create, update, patch, delete, deletecollection; the method in lower case for paths.</summary>
    public string Verb { get; init; } = "";

    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>How the answer is written, errors too.</summary>
    public MediaFormat Format { get; set; }

    public bool IsPretty { get; set; }

    /// <summary>Answered in the answer's Warning headers, each once.</summary>
    public IReadOnlyList<string> Warnings => _warnings ?? [];

    /// <summary>What the path names; absent while nothing has been found.</summary>
    public ServedResource? Resource { get; set; }

    public void Warn(string text)
    {
        _warnings ??= [];
        if (!_warnings.Contains(text))
        {
            _warnings.Add(text);
        }
    }

    /// <summary>A query parameter; <see langword="null"/> when it is not there.</summary>
    public string? Query(string name) => Http.Request.Query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : null;

    public IReadOnlyList<string?> QueryAll(string name) => Http.Request.Query.TryGetValue(name, out var values) ? values : [];

    /// <summary>Go's strconv.ParseBool of a parameter; false when absent or no boolean.</summary>
    public bool QueryFlag(string name) => Query(name) is "1" or "t" or "T" or "true" or "TRUE" or "True";
}
