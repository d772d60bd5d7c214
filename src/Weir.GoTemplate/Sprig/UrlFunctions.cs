using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>URLs taken apart and put together.</summary>
internal static class UrlFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("urlParse", "func(string) map[string]interface {}", Parse),
        new("urlJoin", "func(map[string]interface {}) string", Join),
    ]);

    private static Value? Parse(CallContext context, Arguments arguments)
    {
        if (GoUrl.Parse(arguments.String(0), out var error) is not { } url)
        {
            return context.Fail($"unable to parse url: {error}");
        }

        return new MapValue
        {
            ["scheme"] = url.Scheme,
            ["host"] = url.Host,
            ["hostname"] = url.HostName,
            ["path"] = url.Path,
            ["query"] = url.Query,
            ["opaque"] = url.Opaque,
            ["fragment"] = url.Fragment,
            ["userinfo"] = url.UserInfo is null ? "" : GoUrl.EncodedUserInfo(url.UserInfo),
        };
    }

    private static Value? Join(CallContext context, Arguments arguments)
    {
        var parts = arguments.Map(0);
        string? problem = null;
        var url = new GoUrl
        {
            Scheme = Get("scheme"),
            Host = Get("host"),
            Path = Get("path"),
            Query = Get("query"),
            Opaque = Get("opaque"),
            Fragment = Get("fragment"),
        };
        var userInfo = Get("userinfo");
        if (problem is null && userInfo.Length > 0)
        {
            var parsed = GoUrl.Parse($"proto://{userInfo}@host", out var error);
            problem = parsed is null ? $"unable to parse userinfo in dict: {error}" : null;
            url = url with { UserInfo = parsed?.UserInfo };
        }

        return problem is null ? url.ToString() : context.Fail(problem);

        string Get(string key)
        {
            switch (parts?[key])
            {
                case null:
                    return "";
                case StringValue text:
                    return text.Value;
                case NullValue:
                    problem ??= GoValue.NilDereference;
                    return "";
                case var other:
                    problem ??= $"unable to parse {key} key, must be of type string, but {GoValue.KindName(other)} found";
                    return "";
            }
        }
    }
}
