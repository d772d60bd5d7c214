using System.Globalization;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Statuses;

using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>The query parameters of list, watch and deletecollection, checked as kube-apiserver checks them.</summary>
internal sealed record ListOptions
{
    public string LabelSelector { get; init; } = "";

    public string FieldSelector { get; init; } = "";

    public long Limit { get; init; }

    public string Continue { get; init; } = "";

    public string ResourceVersion { get; init; } = "";

    public string ResourceVersionMatch { get; init; } = "";

    public bool IsWatch { get; init; }

    public bool AllowWatchBookmarks { get; init; }

    public bool? SendInitialEvents { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static ListOptions Parse(RequestContext context)
    {
        var options = new ListOptions
        {
            LabelSelector = context.Query("labelSelector") ?? "",
            FieldSelector = context.Query("fieldSelector") ?? "",
            Limit = Number(context.Query("limit")) ?? 0,
            Continue = context.Query("continue") ?? "",
            ResourceVersion = context.Query("resourceVersion") ?? "",
            ResourceVersionMatch = context.Query("resourceVersionMatch") ?? "",
            IsWatch = context.QueryFlag("watch"),
            AllowWatchBookmarks = context.QueryFlag("allowWatchBookmarks"),
            SendInitialEvents = context.Query("sendInitialEvents") is null ? null : context.QueryFlag("sendInitialEvents"),
            Timeout = Number(context.Query("timeoutSeconds")) is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null,
        };
        options.Check();
        return options;
    }

    private void Check()
    {
        var causes = new List<StatusCause>();
        void Forbid(string field, string why) => causes.Add(new("FieldValueForbidden", $"Forbidden: {why}", field));

        if (IsWatch)
        {
            if (SendInitialEvents is null)
            {
                if (ResourceVersionMatch.Length > 0)
                {
                    Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
                }
            }
            else if (ResourceVersionMatch != "NotOlderThan")
            {
                Forbid("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }

            Throw(causes);
            return;
        }

        if (SendInitialEvents is not null)
        {
            Forbid("sendInitialEvents", "sendInitialEvents is forbidden for list");
            Throw(causes);
        }

        if (ResourceVersionMatch.Length == 0)
        {
            return;
        }

        if (ResourceVersion.Length == 0)
        {
            Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }

        if (Continue.Length > 0)
        {
            Forbid("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided");
        }

        if (ResourceVersionMatch is not ("Exact" or "NotOlderThan"))
        {
            causes.Add(new("FieldValueNotSupported",
                $"Unsupported value: {GoQuote.Quote(ResourceVersionMatch)}: supported values: \"Exact\", \"NotOlderThan\", \"\"", "resourceVersionMatch"));
        }

        if (ResourceVersionMatch == "Exact" && ResourceVersion == "0")
        {
            Forbid("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }

        Throw(causes);
    }

    private static void Throw(List<StatusCause> causes)
    {
        if (causes.Count > 0)
        {
            throw ApiStatus.Invalid("meta.k8s.io", "ListOptions", "", causes).ToException();
        }
    }

    private static long? Number(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiStatus.BadRequest($"strconv.ParseInt: parsing {GoQuote.Quote(text)}: invalid syntax").ToException();
    }
}
