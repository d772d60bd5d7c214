using System.Globalization;
using Weir.Values;

namespace Weir.ApiServer.Statuses;

/// <summary>A <c>v1.Status</c> that refuses a request, worded as kube-apiserver words it.</summary>
internal sealed record ApiStatus(int Code, string Reason, string Message)
{
    /// <summary>The group, kind and name the refusal is about; <see langword="null"/> leaves <c>details</c> out.</summary>
    public StatusDetails? Details { get; init; }

    /// <summary>A token with which an expired list may go on; empty for other refusals.</summary>
    public string Continue { get; init; } = "";

    public ApiException ToException() => new(this);

    public MapValue ToValue()
    {
        var value = new MapValue
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue.Length == 0 ? new MapValue() : new MapValue { ["continue"] = Continue },
            ["status"] = "Failure",
            ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            value["reason"] = Reason;
        }

        if (Details is not null)
        {
            value["details"] = Details.ToValue();
        }

        value["code"] = Code;
        return value;
    }

    public static ApiStatus BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiStatus Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiStatus NoResource() => new(404, "NotFound", "the server could not find the requested resource") { Details = StatusDetails.Empty };

    public static ApiStatus MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource") { Details = StatusDetails.Empty };

    public static ApiStatus NotFound(string group, string resource, string name) =>
        new(404, "NotFound", $"{Qualified(group, resource)} {Quote(name)} not found")
        {
            Details = new StatusDetails { Group = group, Kind = resource, Name = name },
        };

    public static ApiStatus AlreadyExists(string group, string resource, string name) =>
        new(409, "AlreadyExists", $"{Qualified(group, resource)} {Quote(name)} already exists")
        {
            Details = new StatusDetails { Group = group, Kind = resource, Name = name },
        };

    public static ApiStatus Conflict(string group, string resource, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {Qualified(group, resource)} {Quote(name)}: {why}")
        {
            Details = new StatusDetails { Group = group, Kind = resource, Name = name },
        };

    public static ApiStatus Modified(string group, string resource, string name) => Conflict(
        group, resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatus Forbidden(string group, string resource, string name, string why) =>
        new(403, "Forbidden", name.Length == 0 ? $"{Qualified(group, resource)} is forbidden: {why}" : $"{Qualified(group, resource)} {Quote(name)} is forbidden: {why}")
        {
            Details = new StatusDetails { Group = group, Kind = resource, Name = name },
        };

    /// <summary>A 422 of these causes; the kind may be empty, as for some virtual objects.</summary>
    public static ApiStatus Invalid(string group, string kind, string name, IReadOnlyList<StatusCause> causes)
    {
        var texts = new List<string>(causes.Count);
        foreach (var cause in causes)
        {
            var text = cause.Field.Length == 0 ? cause.Message : $"{cause.Field}: {cause.Message}";
            if (!texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        var joined = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return new(422, "Invalid", $"{Qualified(group, kind)} {Quote(name)} is invalid: {joined}")
        {
            Details = new StatusDetails { Group = group, Kind = kind, Name = name, Causes = causes },
        };
    }

    public static ApiStatus Internal(string message) => new(500, "", message);

    /// <summary>A 500 with the reason InternalError and its cause.</summary>
    public static ApiStatus InternalError(string message) => new(500, "InternalError", $"Internal error occurred: {message}")
    {
        Details = new StatusDetails { Causes = [new StatusCause("", message, "")] },
    };

    public static ApiStatus NotAcceptable(string message) => new(406, "NotAcceptable", message);

    public static ApiStatus UnsupportedMediaType(string message) => new(415, "UnsupportedMediaType", message);

    public static ApiStatus TooLarge(string message) => new(413, "RequestEntityTooLarge", message);

    public static ApiStatus Expired(string message) => new(410, "Expired", message);

    public static ApiStatus Timeout(string message) => new(504, "Timeout", message);

    public static ApiStatus TooLargeResourceVersion(long wanted, long current) =>
        new(504, "Timeout", string.Create(CultureInfo.InvariantCulture, $"Too large resource version: {wanted}, current: {current}"))
        {
            Details = new StatusDetails
            {
                Causes = [new StatusCause("ResourceVersionTooLarge", "Too large resource version", "")],
                RetryAfterSeconds = 1,
            },
        };

    /// <summary><c>resource.group</c>, or the resource alone in the core group.</summary>
    public static string Qualified(string group, string resource) => group.Length == 0 ? resource : $"{resource}.{group}";

    /// <summary>Go's <c>%q</c> for the names that occur here.</summary>
    public static string Quote(string text) => GoQuote.Quote(text);
}
