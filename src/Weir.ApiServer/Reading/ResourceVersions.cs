using System.Globalization;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;

using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>Reads resource versions that clients send.</summary>
internal static class ResourceVersions
{
    /// <summary>0 when empty.</summary>
    public static long ForList(string text) => Parse(text, out var version)
        ? version
        : throw ApiStatus.BadRequest($"invalid resource version: {Complaint(text)}").ToException();

    public static long ForGet(string text) => Parse(text, out var version) ? version : throw ApiStatus.Internal(Complaint(text)).ToException();

    /// <summary>Refuses a version that is still to come.</summary>
    public static void CheckReached(ObjectStore store, long version)
    {
        if (version > store.Version)
        {
            throw ApiStatus.TooLargeResourceVersion(version, store.Version).ToException();
        }
    }

    public static bool Parse(string text, out long version)
    {
        version = 0;
        return text.Length == 0 || (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (version = (long)Math.Min(number, long.MaxValue)) >= 0);
    }

    private static string Complaint(string text) =>
        $"resourceVersion: Invalid value: {GoQuote.Quote(text)}: strconv.ParseUint: parsing {GoQuote.Quote(text)}: invalid syntax";
}
