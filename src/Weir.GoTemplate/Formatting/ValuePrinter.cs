using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>Prints values by verb, descending into lists, maps and structs.</summary>
internal sealed class ValuePrinter
{
    /// <summary>Go prints an address here; which one no template can rely on.</summary>
    private const ulong Address = 0xc000010000;

    /// <summary>A printed value ends here: shared parts that multiply must not fill the memory.</summary>
    private const int MaxLength = 128 * 1024 * 1024;

    private readonly List<Value> _path = [];
    private bool _complaining;

    public FormatBuffer Buffer { get; } = new();

    public override string ToString() => Buffer.ToString();

    public void Print(Value? value, char verb) => Print(value, new Rune(verb));

    /// <summary>Prints an argument.</summary>
    public void Print(Value? value, Rune verb)
    {
        if (value is null or NullValue)
        {
            if (verb.Value is 'T' or 'v')
            {
                Buffer.Pad("<nil>");
            }
            else
            {
                Complain(null, verb);
            }

            return;
        }

        switch (verb.Value)
        {
            case 'T':
                Buffer.Pad(Buffer.Truncate(GoFormat.TypeName(value)));
                return;
            case 'p':
                PrintPointer(value, verb);
                return;
        }

        PrintValue(value, verb, depth: 0);
    }

    private void PrintValue(Value value, Rune verb, int depth)
    {
        if (Buffer.Length > MaxLength)
        {
            return;
        }

        switch (value)
        {
            case StringValue s:
                Check(TextFormat.TryWrite(Buffer, s.Value, verb), value, verb);
                break;
            case BoolValue b:
                PrintBool(b, verb);
                break;
            case IntValue i:
                Check(IntegerFormat.TryWrite(Buffer, i.UnsignedValue, !i.IsUnsigned, verb), value, verb);
                break;
            case FloatValue f:
                Check(FloatFormat.TryWrite(Buffer, f.Value, verb), value, verb);
                break;
            case NullValue:
                PrintNil(verb, depth);
                break;
            case ListValue list:
                PrintContainer(value, verb, depth, static (p, v, verb, depth) => p.PrintList((ListValue)v, ((ListValue)v).ElementType == ElementType.Byte, GoFormat.TypeName(v), verb, depth));
                break;
            case MapValue map:
                PrintContainer(value, verb, depth, static (p, v, verb, depth) => p.PrintMap((MapValue)v, GoFormat.TypeName(v), verb, depth));
                break;
            case GoObject o:
                PrintContainer(o, verb, depth, static (p, v, verb, depth) => p.PrintObject((GoObject)v, verb, depth));
                break;
            default:
                Buffer.Write($"?{GoFormat.TypeName(value)}?");
                break;
        }
    }

    /// <summary>A value that holds others; one that holds itself, which Go cannot print at all, is cut.</summary>
    private void PrintContainer(Value value, Rune verb, int depth, Action<ValuePrinter, Value, Rune, int> print)
    {
        foreach (var outer in _path)
        {
            if (ReferenceEquals(outer, value) && depth > 0)
            {
                Buffer.Write("<cycle>");
                return;
            }
        }

        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Buffer.Write("<nested too deeply>");
            return;
        }

        _path.Add(value);
        print(this, value, verb, depth);
        _path.RemoveAt(_path.Count - 1);
    }

    private void PrintBool(BoolValue value, Rune verb)
    {
        if (verb.Value is 't' or 'v')
        {
            Buffer.Pad(value.Value ? "true" : "false");
        }
        else
        {
            Complain(value, verb);
        }
    }

    private void PrintNil(Rune verb, int depth)
    {
        if (Buffer.Flags.SharpV)
        {
            Buffer.Write("interface {}(nil)");
        }
        else if (verb.Value == 'v' || depth > 0)
        {
            Buffer.Write("<nil>");
        }
        else
        {
            Complain(null, verb);
        }
    }

    private void PrintList(ListValue list, bool isBytes, string type, Rune verb, int depth)
    {
        if (isBytes && verb.Value is 's' or 'q' or 'x' or 'X')
        {
            TextFormat.TryWrite(Buffer, ByteText(list), verb);
            return;
        }

        var sharp = Buffer.Flags.SharpV;
        Buffer.Write(sharp ? $"{(isBytes && depth == 0 && type == "[]uint8" ? "[]byte" : type)}{{" : "[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                Buffer.Write(sharp ? ", " : " ");
            }

            PrintValue(list[i], verb, depth + 1);
        }

        Buffer.Write(sharp ? '}' : ']');
    }

    /// <summary>The common forms without a list of numbers; false for the others.</summary>
    private bool TryPrintBytes(ReadOnlySpan<byte> bytes, Rune verb)
    {
        if (verb.Value is 's' or 'q' or 'x' or 'X')
        {
            TextFormat.TryWrite(Buffer, GoString.FromBytes(bytes), verb);
            return true;
        }

        if (verb.Value is not ('v' or 'd') || !Buffer.Flags.IsPlain)
        {
            return false;
        }

        Buffer.Write('[');
        for (var i = 0; i < bytes.Length && Buffer.Length <= MaxLength; i++)
        {
            if (i > 0)
            {
                Buffer.Write(' ');
            }

            Buffer.Write(bytes[i]);
        }

        Buffer.Write(']');
        return true;
    }

    private static string ByteText(ListValue list)
    {
        var bytes = new byte[list.Count];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = list[i] is IntValue b ? (byte)b.Value : (byte)0;
        }

        return GoString.FromBytes(bytes);
    }

    private void PrintMap(MapValue map, string type, Rune verb, int depth)
    {
        var sharp = Buffer.Flags.SharpV;
        Buffer.Write(sharp ? type + "{" : "map[");
        var first = true;
        foreach (var (key, value) in KeyOrder.Sorted(map))
        {
            Separate(ref first, sharp);
            PrintValue(new StringValue(key), verb, depth + 1);
            Buffer.Write(':');
            PrintValue(value, verb, depth + 1);
        }

        Buffer.Write(sharp ? '}' : ']');
    }

    private void PrintGoMap(GoMap map, Rune verb, int depth)
    {
        var sharp = Buffer.Flags.SharpV;
        Buffer.Write(sharp ? map.Type.Name + "{" : "map[");
        var first = true;
        foreach (var (key, value) in map.Sorted())
        {
            Separate(ref first, sharp);
            PrintValue(key, verb, depth + 1);
            Buffer.Write(':');
            PrintValue(value, verb, depth + 1);
        }

        Buffer.Write(sharp ? '}' : ']');
    }

    private void PrintStruct(GoObject value, Rune verb, int depth)
    {
        ref var flags = ref Buffer.Flags;
        if (flags.SharpV)
        {
            Buffer.Write(value.Type.Name);
        }

        Buffer.Write('{');
        var first = true;
        foreach (var (name, field) in value.Fields)
        {
            Separate(ref first, flags.SharpV);
            if (flags.PlusV || flags.SharpV)
            {
                Buffer.Write(name);
                Buffer.Write(':');
            }

            PrintValue(field, verb, depth + 1);
        }

        Buffer.Write('}');
    }

    private void PrintObject(GoObject value, Rune verb, int depth)
    {
        if (!_complaining && !Buffer.Flags.SharpV && verb.Value is 'v' or 's' or 'x' or 'X' or 'q' && value.ToText() is { } text)
        {
            TextFormat.TryWrite(Buffer, text, verb);
            return;
        }

        switch (value)
        {
            case GoComplex complex:
                PrintComplex(complex, verb);
                return;
            case GoMap map:
                PrintGoMap(map, verb, depth);
                return;
            case { IsNil: true }:
                PrintTypedNil(value, verb);
                return;
            case { Bytes: { } bytes } when TryPrintBytes(bytes.Span, verb):
                return;
            case { Underlying: ListValue list }:
                PrintList(list, value.Type.Element?.Kind == ReflectKind.UInt8, value.Type.Name, verb, depth);
                return;
            case { Underlying: MapValue map }:
                PrintMap(map, value.Type.Name, verb, depth);
                return;
            case { Underlying: { } underlying }:
                PrintUnderlying(value, underlying, verb, depth);
                return;
        }

        switch (value.Type.Kind)
        {
            case ReflectKind.Struct:
                PrintStruct(value, verb, depth);
                break;
            case ReflectKind.Interface when value.Target is { } target:
                PrintValue(target, verb, depth + 1);
                break;
            case ReflectKind.Pointer when depth == 0 && value.Target is { } target && HoldsOthers(target):
                Buffer.Write('&');
                PrintValue(target, verb, depth + 1);
                break;
            default:
                PrintPointer(value, verb);
                break;
        }
    }

    private static bool HoldsOthers(Value value) => value is ListValue or MapValue or GoMap
        || (value is GoObject o && (o.Underlying is ListValue or MapValue || o.Type.Kind == ReflectKind.Struct));

    /// <summary>A named number, string or boolean: as what it holds, but errors name the type.</summary>
    private void PrintUnderlying(GoObject value, Value underlying, Rune verb, int depth)
    {
        var known = underlying switch
        {
            StringValue s => TextFormat.TryWrite(Buffer, s.Value, verb),
            IntValue i => IntegerFormat.TryWrite(Buffer, i.UnsignedValue, !i.IsUnsigned, verb),
            FloatValue f => FloatFormat.TryWrite(Buffer, f.Value, verb),
            _ => false,
        };
        if (known)
        {
            return;
        }

        if (underlying is BoolValue && verb.Value is 't' or 'v')
        {
            PrintValue(underlying, verb, depth);
            return;
        }

        Complain(value, verb);
    }

    private void PrintComplex(GoComplex value, Rune verb)
    {
        if (verb.Value is not ('v' or 'b' or 'g' or 'G' or 'x' or 'X' or 'f' or 'F' or 'e' or 'E'))
        {
            Complain(value, verb);
            return;
        }

        var plus = Buffer.Flags.Plus;
        Buffer.Write('(');
        FloatFormat.TryWrite(Buffer, value.Value.Real, verb);
        Buffer.Flags.Plus = true;
        FloatFormat.TryWrite(Buffer, value.Value.Imaginary, verb);
        Buffer.Write("i)");
        Buffer.Flags.Plus = plus;
    }

    private void PrintTypedNil(GoObject value, Rune verb)
    {
        switch (value.Type.Kind)
        {
            case ReflectKind.Map or ReflectKind.Slice when Buffer.Flags.SharpV:
                Buffer.Write($"{value.Type.Name}(nil)");
                break;
            case ReflectKind.Map:
                Buffer.Write("map[]");
                break;
            case ReflectKind.Slice:
                Buffer.Write(value.Type.Element?.Kind == ReflectKind.UInt8 && verb.Value is 's' or 'x' or 'X' ? "" : "[]");
                break;
            case ReflectKind.Interface:
                Buffer.Write(Buffer.Flags.SharpV ? $"{value.Type.Name}(nil)" : "<nil>");
                break;
            default:
                PrintPointer(value, verb);
                break;
        }
    }

    private void PrintPointer(Value value, Rune verb)
    {
        var type = ReflectType.Of(value)!;
        var isNil = value is GoObject { IsNil: true };
        var address = isNil ? 0 : Address;
        if (type.Kind is not (ReflectKind.Chan or ReflectKind.Func or ReflectKind.Map or ReflectKind.Pointer
            or ReflectKind.Slice or ReflectKind.UnsafePointer))
        {
            Complain(value, verb);
            return;
        }

        switch (verb.Value)
        {
            case 'v' when Buffer.Flags.SharpV:
                Buffer.Write($"({type.Name})(");
                if (isNil)
                {
                    Buffer.Write("nil");
                }
                else
                {
                    IntegerFormat.WriteHex(Buffer, address, prefix: true);
                }

                Buffer.Write(')');
                break;
            case 'v' when isNil:
                Buffer.Pad("<nil>");
                break;
            case 'v' or 'p':
                IntegerFormat.WriteHex(Buffer, address, prefix: !Buffer.Flags.Sharp);
                break;
            case 'b' or 'o' or 'd' or 'x' or 'X':
                IntegerFormat.TryWrite(Buffer, address, isSigned: false, verb);
                break;
            default:
                Complain(value, verb);
                break;
        }
    }

    private void Separate(ref bool first, bool sharp)
    {
        if (!first)
        {
            Buffer.Write(sharp ? ", " : " ");
        }

        first = false;
    }

    private void Check(bool known, Value value, Rune verb)
    {
        if (!known)
        {
            Complain(value, verb);
        }
    }

    /// <summary>A verb that the value does not have: <c>%!d(string=x)</c>.</summary>
    private void Complain(Value? value, Rune verb)
    {
        _complaining = true;
        Buffer.Write("%!");
        Buffer.Write(verb);
        Buffer.Write('(');
        if (value is null)
        {
            Buffer.Write("<nil>");
        }
        else
        {
            Buffer.Write(GoFormat.TypeName(value));
            Buffer.Write('=');
            PrintValue(value, new Rune('v'), depth: 0);
        }

        Buffer.Write(')');
        _complaining = false;
    }
}
