using Weir.Cel.Functions;
using Weir.Cel.Syntax;
using Weir.Values;

namespace Weir.Cel.Checking;

/// <summary>Checks of what is written out in a checked expression: durations, moments, regular expressions, formats, and lists of one type.</summary>
internal sealed class LiteralChecks(SyntaxErrors errors)
{
    public void Check(CelNode node) => Check(node, isExempt: false);

    private void Check(CelNode node, bool isExempt)
    {
        switch (node)
        {
            case SelectNode { QualifiedName: null } select:
                Check(select.Operand, isExempt);
                break;
            case CallNode call:
                CheckCall(call);
                isExempt |= call.Function == "format";
                if (call.Target is not null)
                {
                    Check(call.Target, isExempt);
                }

                foreach (var argument in call.Arguments)
                {
                    Check(argument, isExempt);
                }

                break;
            case ListNode list:
                CheckTypes(list, isExempt);
                foreach (var (item, _) in list.Items)
                {
                    Check(item, isExempt);
                }

                break;
            case MapNode map:
                CheckTypes(map, isExempt);
                foreach (var (key, value, _) in map.Entries)
                {
                    Check(key, isExempt);
                    Check(value, isExempt);
                }

                break;
            case ObjectNode built:
                foreach (var (_, value, _, _) in built.Fields)
                {
                    Check(value, isExempt);
                }

                break;
            case FoldNode fold:
                foreach (var part in (CelNode[])[fold.Range, fold.Init, fold.Condition, fold.Step, fold.Result])
                {
                    Check(part, isExempt);
                }

                break;
        }
    }

    private void CheckCall(CallNode call)
    {
        if (call is { Function: "format", Target: LiteralNode { Value: StringValue format }, Arguments: [ListNode list] })
        {
            CheckFormat(call, format.Value, list);
            return;
        }

        if (call.Arguments is [LiteralNode { Value: StringValue text } literal, ..] && call.Function switch
        {
            "duration" => !GoDuration.TryParse(text.Value, out _),
            "timestamp" => TimestampText.Parse(text.Value) is null,
            "matches" => !GoRegex.TryParse(text.Value, out _),
            _ => false,
        })
        {
            errors.Add(literal.Position, $"invalid {call.Function} argument");
        }
    }

    private void CheckTypes(ListNode list, bool isExempt)
    {
        CelType? first = null;
        foreach (var (item, isOptional) in list.Items)
        {
            var type = isOptional && item.Type.Parameters.Count > 0 ? item.Type.Parameters[0] : item.Type;
            first ??= type;
            if (!isExempt && !first.Equals(type))
            {
                Mismatch(item, first, type);
                return;
            }
        }
    }

    private void CheckTypes(MapNode map, bool isExempt)
    {
        CelType? firstKey = null;
        CelType? firstValue = null;
        foreach (var (key, value, isOptional) in map.Entries)
        {
            var type = isOptional && value.Type.Parameters.Count > 0 ? value.Type.Parameters[0] : value.Type;
            firstKey ??= key.Type;
            firstValue ??= type;
            if (!isExempt && !firstKey.Equals(key.Type))
            {
                Mismatch(key, firstKey, key.Type);
            }

            if (!isExempt && !firstValue.Equals(type))
            {
                Mismatch(value, firstValue, type);
            }
        }
    }

    private void Mismatch(CelNode node, CelType expected, CelType found) => errors.Add(node.Position, $"expected type '{expected}' but found '{found}'");

    private void CheckFormat(CallNode call, string format, ListNode list)
    {
        var used = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                continue;
            }

            if (i + 1 < format.Length && format[i + 1] == '%')
            {
                i++;
                continue;
            }

            if (i + 1 >= format.Length)
            {
                errors.Add(call.Position, "unexpected end of string");
                return;
            }

            if (used >= list.Items.Count)
            {
                errors.Add(call.Position, $"index {used} out of range");
                return;
            }

            var (length, error) = FormatClause.Read(format.AsSpan(i + 1), out var clause);
            if (error is not null)
            {
                errors.Add(call.Position, error);
                return;
            }

            var item = list.Items[used++].Item;
            if (Misused(clause.Letter, item) is { } wrong)
            {
                errors.Add(wrong.Position, $"error during formatting: {StringFormatting.Misuse(clause.Letter, wrong.Type.Name)}");
                return;
            }

            i += length;
        }

        if (list.Items.Count > used)
        {
            errors.Add(call.Position, $"too many arguments supplied to string.format (expected {used}, got {list.Items.Count})");
        }
    }

    private static CelNode? Misused(char letter, CelNode node)
    {
        if (letter == 's')
        {
            return MisusedText(node);
        }

        var kind = node.Type.Kind;
        var isRight = kind == CelTypeKind.Dyn || letter switch
        {
            'f' or 'e' => kind is CelTypeKind.Double or CelTypeKind.String,
            'b' => kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.Bool,
            'x' or 'X' => kind is CelTypeKind.Int or CelTypeKind.Uint or CelTypeKind.String or CelTypeKind.Bytes,
            _ => kind is CelTypeKind.Int or CelTypeKind.Uint,
        };
        return isRight ? null : node;
    }

    private static CelNode? MisusedText(CelNode node)
    {
        if (node.Type.Kind is CelTypeKind.Object or CelTypeKind.Opaque or CelTypeKind.Error or CelTypeKind.Parameter)
        {
            return node;
        }

        return node switch
        {
            ListNode list => list.Items.Select(i => MisusedText(i.Item)).FirstOrDefault(m => m is not null),
            MapNode map => map.Entries.Select(e => MisusedText(e.Key) ?? MisusedText(e.Value)).FirstOrDefault(m => m is not null),
            _ => null,
        };
    }
}
