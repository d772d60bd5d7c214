using Weir.Values;

namespace Weir.Flux;

/// <summary>A column that <c>kubectl get</c> prints.</summary>
public sealed record PrinterColumn(string Name, string Path, string Type = "string", int Priority = 0)
{
    internal MapValue ToValue()
    {
        var column = new MapValue { ["jsonPath"] = Path, ["name"] = Name };
        if (Priority > 0)
        {
            column["priority"] = Priority;
        }

        column["type"] = Type;
        return column;
    }
}
