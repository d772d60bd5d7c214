using Weir.Values;

namespace Weir.Cel.Evaluating;

/// <summary>A variable or value with the fields, keys and indexes behind it: <c>a.b[c]</c>.</summary>
internal sealed class PathStep(Step root) : Step
{
    private readonly List<Qualifier> _qualifiers = [];

    /// <summary>True when the whole path is part of another that counts for it.</summary>
    public bool IsFree { get; set; }

    public void Add(Qualifier qualifier) => _qualifiers.Add(qualifier);

    public override Value Run(Frame frame)
    {
        var value = Resolve(frame);

        // A test costs what it walks; reading costs one more.
        return IsFree || (_qualifiers.Count > 0 && _qualifiers[^1].IsTest) ? value : frame.Charge(1) ?? value;
    }

    private Value Resolve(Frame frame)
    {
        var value = root.Run(frame);
        if (_qualifiers.Count == 0 || value is CelError)
        {
            return value;
        }

        var isOptional = false;
        if (value is CelOptional optional)
        {
            if (optional.Value is null)
            {
                return _qualifiers[^1].IsTest ? BoolValue.False : value;
            }

            (value, isOptional) = (optional.Value, true);
        }

        foreach (var qualifier in _qualifiers)
        {
            var key = qualifier.Key.Run(frame);
            if (key is CelError)
            {
                return key;
            }

            isOptional |= qualifier.IsOptional;
            var found = Qualifier.Find(value, key);
            if (qualifier.IsTest)
            {
                return frame.Charge(1) ?? (found is CelError ? found : BoolValue.Of(found is not null));
            }

            if (found is null && isOptional)
            {
                return _qualifiers[^1].IsTest ? BoolValue.False : CelOptional.None;
            }

            if (frame.Charge(1) is { } stop)
            {
                return stop;
            }

            value = found ?? Qualifier.Missing(value, key);
            if (value is CelError)
            {
                return value;
            }
        }

        return isOptional ? CelOptional.Of(value) : value;
    }
}
