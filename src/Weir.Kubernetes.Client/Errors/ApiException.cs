using System.Net;
using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>The API server refused a request: the HTTP code with the <c>Status</c> object it answered.</summary>
public sealed class ApiException : Exception
{
    public ApiException(HttpStatusCode code, string reason, string message, MapValue? status, TimeSpan? retryAfter)
        : base(message)
    {
        Code = code;
        Reason = reason;
        Status = status;
        RetryAfter = retryAfter;
    }

    public HttpStatusCode Code { get; }

    /// <summary><c>status.reason</c>, such as <c>NotFound</c>; empty when the server gave none.</summary>
    public string Reason { get; }

    /// <summary>The whole <c>Status</c> object, when the server answered one.</summary>
    public MapValue? Status { get; }

    /// <summary>How long the server asks to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; }

    public bool IsNotFound => Code == HttpStatusCode.NotFound;

    public bool IsConflict => Code == HttpStatusCode.Conflict && Reason is "Conflict" or "";

    public bool IsAlreadyExists => Reason == "AlreadyExists";

    public bool IsForbidden => Code == HttpStatusCode.Forbidden;

    public bool IsInvalid => Code == HttpStatusCode.UnprocessableEntity;

    /// <summary>The resource version asked for is too old: list again.</summary>
    public bool IsExpired => Code == HttpStatusCode.Gone || Reason is "Expired" or "Gone";

    /// <summary>The change probably touches a field that can only be set at creation, judged as Flux judges it.</summary>
    public bool IsImmutable =>
        Code is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity
        || Message.Contains("is immutable", StringComparison.Ordinal)
        || Message.Contains("immutable field", StringComparison.Ordinal);
}
