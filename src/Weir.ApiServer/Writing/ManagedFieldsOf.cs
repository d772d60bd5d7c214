using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Keeps the owners of fields of objects that are written without server-side apply.</summary>
internal static class ManagedFieldsOf
{
    public static void Creation(MapValue value, MapValue asked, ServedResource resource, string manager, DateTimeOffset now)
    {
        _ = (value, asked, resource, manager, now);
    }
}
