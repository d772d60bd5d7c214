using System.Diagnostics;
using System.Globalization;
using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel.Checking;

/// <summary>Finds the type of each node and the forms of each call by cel-go's rules. All errors are collected.</summary>
internal sealed class CelChecker(CelEnvironment environment, SyntaxErrors errors)
{
    // No expression that somebody wrote by hand comes near.
    private const int MaxTypeSize = 1000;

    private readonly TypeMapping _types = new();
    private readonly List<(string Name, CelType Type)> _scope = [];
    private readonly List<CelNode> _nodes = [];
    private readonly List<CallNode> _calls = [];
    private int _parameters;

    /// <summary>The types that expressions can name.</summary>
    private static readonly Dictionary<string, CelType> TypeNames = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["bytes"] = CelType.Bytes,
        ["double"] = CelType.Double,
        ["int"] = CelType.Int,
        ["list"] = CelType.List(CelType.Dyn),
        ["map"] = CelType.Map(CelType.Dyn, CelType.Dyn),
        ["null_type"] = CelType.Null,
        ["string"] = CelType.String,
        ["type"] = CelType.Type,
        ["uint"] = CelType.Uint,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
        ["optional_type"] = CelType.Optional(CelType.Parameter("V")),
        ["net.IP"] = CelType.Opaque("net.IP"),
        ["net.CIDR"] = CelType.Opaque("net.CIDR"),
    };

    /// <summary>The type of this name, or <see langword="null"/> when there is none.</summary>
    public static CelType? NamedType(string name) => TypeNames.GetValueOrDefault(name);

    /// <summary>Checks a tree. What the parameters of types stand for is put in at the end.</summary>
    public void CheckAll(CelNode root)
    {
        Check(root);
        foreach (var node in _nodes)
        {
            node.Type = _types.Substitute(node.Type, toDyn: true);
        }
    }

    private CelType Check(CelNode node)
    {
        _nodes.Add(node);
        var type = node switch
        {
            LiteralNode literal => TypeOf(literal.Value),
            IdentifierNode identifier => Identifier(identifier),
            SelectNode select => Select(select),
            CallNode call => Call(call),
            ListNode list => List(list),
            MapNode map => Map(map),
            FoldNode fold => Fold(fold),
            ObjectNode built => Object(built),
            ErrorNode => CelType.Error,
            _ => throw new UnreachableException(node.GetType().Name),
        };
        return node.Type = _types.Substitute(type).Size > MaxTypeSize ? Fail(node, "type is too large") : type;
    }

    private static CelType TypeOf(Value literal) => literal switch
    {
        BoolValue => CelType.Bool,
        IntValue { IsUnsigned: true } => CelType.Uint,
        IntValue => CelType.Int,
        FloatValue => CelType.Double,
        StringValue => CelType.String,
        NullValue => CelType.Null,
        _ => CelType.Bytes,
    };

    private CelType Identifier(IdentifierNode node)
    {
        if (Find(node.Name) is { } type)
        {
            node.Name = node.Name.TrimStart('.');
            return type;
        }

        return Fail(node, Undeclared(node.Name));
    }

    /// <summary>The type of a variable or of the name of a type.</summary>
    private CelType? Find(string name)
    {
        if (name.StartsWith('.'))
        {
            name = name[1..];
        }
        else
        {
            for (var i = _scope.Count - 1; i >= 0; i--)
            {
                if (_scope[i].Name == name)
                {
                    return _scope[i].Type;
                }
            }
        }

        return environment.Variable(name) ?? (NamedType(name) is { } type ? CelType.TypeOf(type) : null);
    }

    private CelType Select(SelectNode node)
    {
        if (!node.IsTest && QualifiedName(node) is { } name && Find(name) is { } variable)
        {
            node.QualifiedName = name.TrimStart('.');
            return variable;
        }

        var result = Field(node, node.Operand, node.Field, isOptional: false);
        return node.IsTest ? CelType.Bool : _types.Substitute(result);
    }

    private CelType Field(CelNode node, CelNode operand, string field, bool isOptional)
    {
        var operandType = _types.Substitute(Check(operand));
        var target = operandType.IsOptional ? operandType.Parameters[0] : operandType;
        var result = target.Kind switch
        {
            CelTypeKind.Map => target.Parameters[1],
            CelTypeKind.Object => target.Fields(field) ?? Fail(node, $"undefined field '{field}'"),
            CelTypeKind.Parameter => FieldOfUnknown(target),
            CelTypeKind.Dyn or CelTypeKind.Error => CelType.Dyn,
            _ => FieldOfOther(node, target),
        };
        return operandType.IsOptional || isOptional ? CelType.Optional(result) : result;
    }

    private CelType FieldOfUnknown(CelType target)
    {
        _types.IsAssignable(CelType.Dyn, target);
        return CelType.Dyn;
    }

    private CelType FieldOfOther(CelNode node, CelType target)
    {
        Fail(node, $"type '{target}' does not support field selection");
        return CelType.Dyn;
    }

    private CelType Call(CallNode node)
    {
        _calls.Add(node);
        if (node.Function == "_?._")
        {
            node.Overloads = environment.Functions.Find("_?._")!.Overloads;
            return _types.Substitute(Field(node, node.Arguments[0], ((StringValue)((LiteralNode)node.Arguments[1]).Value).Value, isOptional: true));
        }

        foreach (var argument in node.Arguments)
        {
            Check(argument);
        }

        if (node.Target is null)
        {
            node.Function = node.Function.TrimStart('.');
            return environment.Functions.Find(node.Function) is { } function ? Resolve(node, function) : Fail(node, Undeclared(node.Function));
        }

        // Either the whole name is a function, or the last word is one with a target, never both.
        if (QualifiedName(node.Target) is { } prefix && environment.Functions.Find($"{prefix.TrimStart('.')}.{node.Function}") is { } qualified)
        {
            node.Function = qualified.Name;
            node.Target = null;
            return Resolve(node, qualified);
        }

        Check(node.Target);
        return environment.Functions.Find(node.Function) is { } member ? Resolve(node, member) : Fail(node, Undeclared(node.Function));
    }

    private CelType Resolve(CallNode node, CelFunction function)
    {
        List<CelType> types = [.. node.Arguments.Select(a => a.Type)];
        if (node.Target is not null)
        {
            types.Insert(0, node.Target.Type);
        }

        CelType? result = null;
        List<CelOverload> fitting = [];
        foreach (var overload in function.Overloads)
        {
            if (overload.IsMember != (node.Target is not null) || overload.Parameters.Count != types.Count)
            {
                continue;
            }

            var (parameters, answer) = Instantiate(overload);
            if (!_types.AreAssignable(types, parameters))
            {
                continue;
            }

            fitting.Add(overload);
            answer = _types.Substitute(answer);
            result = result is null ? answer : result.Kind == CelTypeKind.Dyn || answer.Equals(result) ? result : CelType.Dyn;
        }

        if (function.Name is "_&&_" or "_||_")
        {
            return Logic(node, function);
        }

        node.Overloads = fitting;
        return result ?? Fail(node, $"found no matching overload for '{function.Name}' applied to '{Applied(node, types)}'");
    }

    private CelType Logic(CallNode node, CelFunction function)
    {
        node.Overloads = function.Overloads;
        var isRight = true;
        foreach (var argument in node.Arguments)
        {
            if (!_types.IsAssignable(argument.Type, CelType.Bool))
            {
                Mismatch(argument, CelType.Bool, argument.Type);
                isRight = false;
            }
        }

        return isRight ? CelType.Bool : CelType.Error;
    }

    private string Applied(CallNode node, List<CelType> types)
    {
        var names = types.Select(t => _types.Substitute(t, toDyn: true).ToString()).ToList();
        return node.Target is null ? $"({string.Join(", ", names)})" : $"{names[0]}.({string.Join(", ", names.Skip(1))})";
    }

    /// <summary>The types of a form with parameters of their own.</summary>
    private (IReadOnlyList<CelType> Parameters, CelType Result) Instantiate(CelOverload overload)
    {
        if (!overload.Parameters.Append(overload.Result).Any(HasParameter))
        {
            return (overload.Parameters, overload.Result);
        }

        var fresh = new Dictionary<string, CelType>(StringComparer.Ordinal);
        return ([.. overload.Parameters.Select(Replace)], Replace(overload.Result));

        CelType Replace(CelType type)
        {
            if (type.Kind == CelTypeKind.Parameter)
            {
                return fresh.TryGetValue(type.Name, out var known) ? known : fresh[type.Name] = NewParameter();
            }

            return type.Kind switch
            {
                CelTypeKind.List => CelType.List(Replace(type.Parameters[0])),
                CelTypeKind.Map => CelType.Map(Replace(type.Parameters[0]), Replace(type.Parameters[1])),
                CelTypeKind.Type when type.Parameters.Count > 0 => CelType.TypeOf(Replace(type.Parameters[0])),
                CelTypeKind.Opaque when type.Parameters.Count > 0 => CelType.Opaque(type.Name, [.. type.Parameters.Select(Replace)]),
                _ => type,
            };
        }
    }

    private static bool HasParameter(CelType type) => type.Kind == CelTypeKind.Parameter || type.Parameters.Any(HasParameter);

    private CelType NewParameter() => CelType.Parameter(string.Create(CultureInfo.InvariantCulture, $"_var{_parameters++}"));

    private CelType List(ListNode node)
    {
        CelType? element = null;
        foreach (var (item, isOptional) in node.Items)
        {
            element = Join(item, element, Unwrap(item, Check(item), isOptional));
        }

        return CelType.List(element ?? NewParameter());
    }

    private CelType Map(MapNode node)
    {
        CelType? key = null;
        CelType? value = null;
        foreach (var entry in node.Entries)
        {
            key = Join(entry.Key, key, Check(entry.Key));
            value = Join(entry.Value, value, Unwrap(entry.Value, Check(entry.Value), entry.IsOptional));
        }

        return CelType.Map(key ?? NewParameter(), value ?? NewParameter());
    }

    private CelType Object(ObjectNode node)
    {
        if (environment.ObjectType(node.Name.TrimStart('.')) is not { } type)
        {
            return Fail(node, NamedType(node.Name.TrimStart('.')) is null ? Undeclared(node.Name) : $"'{node.Name}' is not a message type");
        }

        foreach (var (field, value, isOptional, position) in node.Fields)
        {
            var found = Unwrap(value, Check(value), isOptional);
            if (type.Fields(field) is not { } wanted)
            {
                errors.Add(position, $"undefined field '{field}'");
            }
            else if (!_types.IsAssignable(wanted, found))
            {
                errors.Add(position, $"expected type of field '{field}' is '{wanted}' but provided type is '{found}'");
            }
        }

        return type;
    }

    private CelType Unwrap(CelNode node, CelType type, bool isOptional)
    {
        if (!isOptional || type.Kind == CelTypeKind.Dyn)
        {
            return type;
        }

        if (type.IsOptional)
        {
            return type.Parameters[0];
        }

        Mismatch(node, CelType.Optional(type), type);
        return type;
    }

    private CelType Join(CelNode node, CelType? previous, CelType current)
    {
        if (previous is null)
        {
            return current;
        }

        if (_types.IsAssignable(previous, current))
        {
            return TypeMapping.MostGeneral(previous, current);
        }

        Mismatch(node, previous, current);
        return CelType.Error;
    }

    private CelType Fold(FoldNode node)
    {
        Check(node.Range);
        var accumulator = Check(node.Init);
        var range = _types.Substitute(node.Range.Type);
        var depth = _scope.Count;
        _scope.Add((node.Accumulator, accumulator));
        var (first, second) = Variables(node, range);
        _scope.Add((node.Variable, first));
        if (node.SecondVariable is { } name)
        {
            _scope.Add((name, second));
        }

        Check(node.Condition);
        Expect(node.Condition, CelType.Bool);
        Check(node.Step);
        Expect(node.Step, accumulator);
        _scope.RemoveRange(depth + 1, _scope.Count - depth - 1);
        Check(node.Result);
        _scope.RemoveAt(depth);
        return _types.Substitute(node.Result.Type);
    }

    private (CelType First, CelType Second) Variables(FoldNode node, CelType range)
    {
        switch (range.Kind)
        {
            case CelTypeKind.List:
                return node.SecondVariable is null ? (range.Parameters[0], CelType.Dyn) : (CelType.Int, range.Parameters[0]);
            case CelTypeKind.Map:
                return (range.Parameters[0], range.Parameters[1]);
            case CelTypeKind.Dyn or CelTypeKind.Error or CelTypeKind.Parameter:
                _types.IsAssignable(CelType.Dyn, range);
                return (CelType.Dyn, CelType.Dyn);
            default:
                Fail(node.Range, $"expression of type '{range}' cannot be range of a comprehension (must be list, map, or dynamic)");
                return (CelType.Error, CelType.Error);
        }
    }

    private void Expect(CelNode node, CelType type)
    {
        if (!_types.IsAssignable(type, node.Type))
        {
            Mismatch(node, type, node.Type);
        }
    }

    private static string? QualifiedName(CelNode node) => node switch
    {
        IdentifierNode identifier => identifier.Name,
        SelectNode { IsTest: false } select when QualifiedName(select.Operand) is { } prefix => $"{prefix}.{select.Field}",
        _ => null,
    };

    private static string Undeclared(string name) => $"undeclared reference to '{name}' (in container '')";

    private void Mismatch(CelNode node, CelType expected, CelType found) => Fail(node, $"expected type '{expected}' but found '{found}'");

    private CelType Fail(CelNode node, string message)
    {
        errors.Add(node.Position, message);
        return CelType.Error;
    }
}
