using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>A new empty list or map, into which a macro puts what it finds.</summary>
internal sealed class EmptyStep(bool isMap) : Step
{
    public override Value Run(Frame frame) => isMap ? new KeyedMap() : new ListValue();
}
