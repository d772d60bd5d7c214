using Weir.Cel.Data;
using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary><c>item in […]</c> with a list known beforehand. It costs what its item costs.</summary>
internal sealed class MembershipStep(Step item, IEnumerable<Value> members) : Step
{
    private readonly HashSet<Value> _members = new(members, CelKeyComparer.Instance);

    /// <summary>Whether values of this kind may be looked up.</summary>
    public static bool Takes(Value member) => member is BoolValue or IntValue or FloatValue or StringValue;

    public override Value Run(Frame frame) => item.Run(frame) switch
    {
        CelError error => error,
        var value => BoolValue.Of(Takes(value) && _members.Contains(value)),
    };
}
