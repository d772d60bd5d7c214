using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>A Go struct of the upstream tests.</summary>
internal sealed class FixtureStruct : GoObject
{
    private readonly List<KeyValuePair<string, Value>> _fields = [];
    private readonly List<TemplateFunction> _methods = [];

    public FixtureStruct(string type) => Type = ReflectType.Named(type, ReflectKind.Struct);

    public override ReflectType Type { get; }

    /// <summary>The text of its <c>String</c> or <c>Error</c> method.</summary>
    public string? Text { get; init; }

    public string? HiddenField { get; init; }

    public override IEnumerable<KeyValuePair<string, Value>> Fields => _fields;

    public override GoObject? Address => new FixturePointer(this);

    public FixtureStruct With(string name, Value value)
    {
        _fields.Add(new(name, value));
        return this;
    }

    public FixtureStruct With(params TemplateFunction[] methods)
    {
        _methods.AddRange(methods);
        return this;
    }

    public override bool HasHiddenField(string name) => name == HiddenField;

    public override TemplateFunction? GetMethod(string name) => _methods.Find(m => m.Name == name);

    public override string? ToText() => Text;

    public override bool Equals(Value? other) =>
        other is FixtureStruct s && ReferenceEquals(s.Type, Type) && s._fields.SequenceEqual(_fields);

    public override int GetHashCode() => Type.GetHashCode();
}
