using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>Other Go values of the upstream tests: arrays, named types, channels, sequences.</summary>
internal sealed class FixtureValue(ReflectType type, Value? underlying = null) : GoObject
{
    public override ReflectType Type { get; } = type;

    public override Value? Underlying { get; } = underlying;

    public bool Nil { get; init; }

    public ListValue? Reserve { get; init; }

    public TemplateFunction[] Methods { get; init; } = [];

    public Iteration Walk { get; init; }

    public IEnumerable<KeyValuePair<Value, Value>> Items { get; init; } = [];

    public override bool IsNil => Nil;

    public override ListValue? Backing => Reserve;

    public override Iteration Iteration => Walk;

    public override IEnumerable<KeyValuePair<Value, Value>> Iterate() => Items;

    public override TemplateFunction? GetMethod(string name) => Array.Find(Methods, m => m.Name == name);
}
