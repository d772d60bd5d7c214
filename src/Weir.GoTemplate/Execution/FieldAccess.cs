using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Follows <c>.A.B.C</c>: methods first, then fields, then keys of maps.</summary>
internal static class FieldAccess
{
    /// <summary>The last name gets the arguments of the command.</summary>
    public static Value? Follow(
        Execution execution,
        Node node,
        Located receiver,
        string[] names,
        Operand[] words,
        bool hasFinal,
        Value? final)
    {
        for (var i = 0; i < names.Length - 1; i++)
        {
            var next = Get(execution, node, names[i], receiver, [], hasFinal: false, null);
            if (execution.HasFailed)
            {
                return null;
            }

            if (next.Value is NullValue)
            {
                return FailOnNil(execution, receiver.Value, names[i], next.Value, names[i + 1]);
            }

            receiver = next;
        }

        return Get(execution, node, names[^1], receiver, words, hasFinal, final).Value;
    }

    private static Located Get(
        Execution execution,
        Node node,
        string name,
        Located receiver,
        Operand[] words,
        bool hasFinal,
        Value? final)
    {
        switch (receiver.Value)
        {
            case MapValue map:
                return FromMap(execution, map, name, words.Length > 1 || hasFinal);
            case null:
                if (execution.MissingKey == MissingKey.Error)
                {
                    execution.Fail($"nil data; no entry for key {GoQuote.Quote(name)}");
                }

                return default;
            case NullValue:
                execution.Fail($"nil pointer evaluating interface {{}}.{name}");
                return default;
            case GoObject o:
                return FromObject(execution, node, o, o, name, words, hasFinal, final, receiver.IsInterface);
            default:
                return CannotEvaluate(execution, name, receiver);
        }
    }

    private static Located FromMap(Execution execution, MapValue map, string name, bool hasArguments)
    {
        if (hasArguments)
        {
            execution.Fail($"{name} is not a method but has arguments");
            return default;
        }

        var isInterface = map.ElementType == ElementType.Any;
        if (map.TryGetValue(name, out var value))
        {
            return new Located(value, isInterface);
        }

        switch (execution.MissingKey)
        {
            case MissingKey.Zero:
                return new Located(Parameters.Zero(ReflectType.OfElement(map.ElementType)), isInterface);
            case MissingKey.Error:
                execution.Fail($"map has no entry for key {GoQuote.Quote(name)}", SpellingHint.ForKey(map, name));
                return default;
            default:
                return default;
        }
    }

    private static Located FromObject(
        Execution execution,
        Node node,
        GoObject original,
        GoObject o,
        string name,
        Operand[] words,
        bool hasFinal,
        Value? final,
        bool isInterface)
    {
        if (o.GetMethod(name) is { } method)
        {
            return new Located(Calls.Invoke(execution, method, node, name, words, hasFinal, final), IsInterface: false);
        }

        var hasArguments = words.Length > 1 || hasFinal;
        if (o.GetField(name) is { } field)
        {
            if (hasArguments)
            {
                execution.Fail($"{name} has arguments but cannot be invoked as function");
                return default;
            }

            return new Located(field, field is NullValue);
        }

        if (o.HasHiddenField(name))
        {
            execution.Fail($"{name} is an unexported field of struct type {original.Type.Name}");
            return default;
        }

        if (o.Underlying is MapValue map)
        {
            return FromMap(execution, map, name, hasArguments);
        }

        if (o is GoMap { Type.Key: { } key } goMap && key.Accepts(ReflectType.String))
        {
            return FromGoMap(execution, goMap, name, hasArguments);
        }

        if (o is { IsNil: true, Type: { Kind: ReflectKind.Map, Element: { } element } })
        {
            // A nil map is read like an empty one.
            return execution.MissingKey == MissingKey.Zero && !hasArguments
                ? new Located(Parameters.Zero(element), element.Kind == ReflectKind.Interface)
                : FromMap(execution, new MapValue(), name, hasArguments);
        }

        switch (o.Target)
        {
            case GoObject target:
                return FromObject(execution, node, original, target, name, words, hasFinal, final, isInterface);
            case { } plain:
                return plain is MapValue targetMap
                    ? FromMap(execution, targetMap, name, hasArguments)
                    : CannotEvaluate(execution, name, new Located(original, isInterface));
        }

        if (o is { IsNil: true, Type.Kind: ReflectKind.Pointer or ReflectKind.Interface } && !o.LacksField(name))
        {
            execution.Fail($"nil pointer evaluating {original.Type.Name}.{name}");
            return default;
        }

        return CannotEvaluate(execution, name, new Located(original, isInterface));
    }

    private static Located FromGoMap(Execution execution, GoMap map, string name, bool hasArguments)
    {
        if (hasArguments)
        {
            execution.Fail($"{name} is not a method but has arguments");
            return default;
        }

        if (map.TryGetValue(new StringValue(name), out var value))
        {
            return new Located(value, map.Type.Element?.Kind == ReflectKind.Interface);
        }

        if (execution.MissingKey == MissingKey.Error)
        {
            execution.Fail($"map has no entry for key {GoQuote.Quote(name)}");
        }

        return execution.MissingKey == MissingKey.Zero && map.Type.Element is { } element
            ? new Located(Parameters.Zero(element), IsInterface: false)
            : default;
    }

    private static Value? FailOnNil(Execution execution, Value? parent, string name, Value nil, string next)
    {
        var keys = parent as MapValue ?? (parent as GoObject)?.Underlying as MapValue;
        var hint = keys is null ? null : SpellingHint.ForNil(keys, name, nil);
        return execution.Fail($"nil pointer evaluating interface {{}}.{next}", hint);
    }

    private static Located CannotEvaluate(Execution execution, string name, Located receiver)
    {
        var type = receiver.IsInterface ? ReflectType.Any.Name : ReflectType.Of(receiver.Value)?.Name;
        execution.Fail($"can't evaluate field {name} in type {type}");
        return default;
    }
}
