using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>A pointer of the upstream tests; without a target a nil one, whose methods may still be called.</summary>
internal sealed class FixturePointer : GoObject
{
    private readonly TemplateFunction[] _methods;

    public FixturePointer(Value target)
        : this(ReflectType.PointerTo(ReflectType.Of(target)!), target)
    {
    }

    public FixturePointer(ReflectType type, Value? target, params TemplateFunction[] methods)
    {
        Type = type;
        Target = target;
        _methods = methods;
    }

    public override ReflectType Type { get; }

    public override Value? Target { get; }

    public override bool IsNil => Target is null;

    /// <summary>The text of a nil pointer's <c>String</c> or <c>Error</c> method.</summary>
    public string? NilText { get; init; }

    /// <summary>The fields of what a nil pointer would point to.</summary>
    public string[] FieldNames { get; init; } = [];

    public override bool LacksField(string name) => IsNil && Type.Element!.Kind == ReflectKind.Struct && !FieldNames.Contains(name);

    public override TemplateFunction? GetMethod(string name) =>
        Array.Find(_methods, m => m.Name == name) ?? (Target as GoObject)?.GetMethod(name);

    public override string? ToText() => Target is null ? NilText : (Target as GoObject)?.ToText();
}
