using Weir.Values;

namespace Weir.ApiServer.Statuses;

/// <summary>The <c>details</c> of a Status; empty parts are left out.</summary>
internal sealed record StatusDetails
{
    public static StatusDetails Empty { get; } = new();

    public string Name { get; init; } = "";

    public string Group { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Uid { get; init; } = "";

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int RetryAfterSeconds { get; init; }

    public MapValue ToValue()
    {
        var value = new MapValue();
        Put(value, "name", Name);
        Put(value, "group", Group);
        Put(value, "kind", Kind);
        Put(value, "uid", Uid);
        if (Causes.Count > 0)
        {
            var list = new ListValue(Causes.Count);
            foreach (var cause in Causes)
            {
                var item = new MapValue();
                Put(item, "reason", cause.Reason);
                Put(item, "message", cause.Message);
                Put(item, "field", cause.Field);
                list.Add(item);
            }

            value["causes"] = list;
        }

        if (RetryAfterSeconds > 0)
        {
            value["retryAfterSeconds"] = RetryAfterSeconds;
        }

        return value;
    }

    private static void Put(MapValue value, string key, string text)
    {
        if (text.Length > 0)
        {
            value[key] = text;
        }
    }
}
