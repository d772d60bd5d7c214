using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Formatting;

/// <summary>Reads a format string and prints each argument with its verb.</summary>
internal ref struct FormatReader(ValuePrinter printer, string format, ReadOnlySpan<Value> arguments)
{
    private const int MaxNumber = 1_000_000;

    private readonly ReadOnlySpan<Value> _arguments = arguments;
    private readonly FormatBuffer _buffer = printer.Buffer;
    private int _at;
    private int _argument;
    private bool _reordered;
    private bool _goodIndex;
    private bool _afterIndex;

    public void Print()
    {
        while (_at < format.Length)
        {
            var percent = format.IndexOf('%', _at);
            if (percent < 0)
            {
                _buffer.Write(format.AsSpan(_at));
                break;
            }

            _buffer.Write(format.AsSpan(_at, percent - _at));
            _at = percent + 1;
            if (!PrintVerb())
            {
                break;
            }
        }

        if (!_reordered && _argument < _arguments.Length)
        {
            PrintExtra();
        }
    }

    private bool PrintVerb()
    {
        _goodIndex = true;
        _buffer.Flags = default;
        ReadFlags();
        ReadIndex();
        ReadWidth();
        ReadPrecision();
        if (!_afterIndex)
        {
            ReadIndex();
        }

        if (_at >= format.Length)
        {
            _buffer.Write("%!(NOVERB)");
            return false;
        }

        var verb = ReadRune();
        if (verb.Value == '%')
        {
            _buffer.Write('%');
        }
        else if (!_goodIndex)
        {
            Complain(verb, "(BADINDEX)");
        }
        else if (_argument >= _arguments.Length)
        {
            Complain(verb, "(MISSING)");
        }
        else
        {
            if (verb.Value is 'v' or 'w')
            {
                ref var flags = ref _buffer.Flags;
                (flags.SharpV, flags.Sharp) = (flags.Sharp, false);
                (flags.PlusV, flags.Plus) = (flags.Plus, false);
            }

            printer.Print(_arguments[_argument], verb);
            _argument++;
        }

        return true;
    }

    private void ReadFlags()
    {
        for (; _at < format.Length; _at++)
        {
            switch (format[_at])
            {
                case '#':
                    _buffer.Flags.Sharp = true;
                    break;
                case '0':
                    _buffer.Flags.Zero = true;
                    break;
                case '+':
                    _buffer.Flags.Plus = true;
                    break;
                case '-':
                    _buffer.Flags.Minus = true;
                    break;
                case ' ':
                    _buffer.Flags.Space = true;
                    break;
                default:
                    return;
            }
        }
    }

    private void ReadWidth()
    {
        if (!TakeStar())
        {
            _buffer.Flags.Width = ReadNumber();
            if (_afterIndex && _buffer.Flags.Width is not null)
            {
                _goodIndex = false;
            }

            return;
        }

        var width = TakeInteger();
        if (width is null)
        {
            _buffer.Write("%!(BADWIDTH)");
        }

        if (width < 0)
        {
            width = -width;
            _buffer.Flags.Minus = true;
            _buffer.Flags.Zero = false;
        }

        _buffer.Flags.Width = width;
        _afterIndex = false;
    }

    private void ReadPrecision()
    {
        // A point that ends the format is a verb of its own: %!.(int=3).
        if (_at + 1 >= format.Length || format[_at] != '.')
        {
            return;
        }

        _at++;
        if (_afterIndex)
        {
            _goodIndex = false;
        }

        ReadIndex();
        if (!TakeStar())
        {
            _buffer.Flags.Precision = ReadNumber() ?? 0;
            return;
        }

        var precision = TakeInteger();
        if (precision is null or < 0)
        {
            _buffer.Write("%!(BADPREC)");
            precision = null;
        }

        _buffer.Flags.Precision = precision;
        _afterIndex = false;
    }

    private bool TakeStar()
    {
        if (_at >= format.Length || format[_at] != '*')
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>The argument of a star; <see langword="null"/> when it is no integer or too large.</summary>
    private int? TakeInteger()
    {
        if (_argument >= _arguments.Length)
        {
            return null;
        }

        var value = _arguments[_argument++];
        if (value is GoObject { Underlying: { } underlying })
        {
            value = underlying;
        }

        return value is IntValue { Value: >= -MaxNumber and <= MaxNumber } number && !(number.IsUnsigned && number.Value < 0)
            ? (int)number.Value
            : null;
    }

    private int? ReadNumber()
    {
        var start = _at;
        var number = 0;
        while (_at < format.Length && char.IsAsciiDigit(format[_at]))
        {
            if (number > MaxNumber)
            {
                _at = format.Length;
                return null;
            }

            number = number * 10 + (format[_at] - '0');
            _at++;
        }

        return _at > start ? number : null;
    }

    /// <summary>An explicit argument number: <c>[3]</c>.</summary>
    private void ReadIndex()
    {
        _afterIndex = false;
        if (_at >= format.Length || format[_at] != '[')
        {
            return;
        }

        _reordered = true;
        var close = format.IndexOf(']', _at);
        if (close < 0)
        {
            _goodIndex = false;
            _at++;
            return;
        }

        var digits = format.AsSpan(_at + 1, close - _at - 1);
        _at = close + 1;
        if (digits.Length is 0 or > 7 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            _goodIndex = false;
            return;
        }

        var index = int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) - 1;
        _afterIndex = true;
        if (index >= 0 && index < _arguments.Length)
        {
            _argument = index;
        }
        else
        {
            _goodIndex = false;
        }
    }

    private Rune ReadRune()
    {
        if (Rune.TryGetRuneAt(format, _at, out var rune))
        {
            _at += rune.Utf16SequenceLength;
            return rune;
        }

        _at++;
        return Rune.ReplacementChar;
    }

    private readonly void Complain(Rune verb, string what)
    {
        _buffer.Write("%!");
        _buffer.Write(verb);
        _buffer.Write(what);
    }

    private readonly void PrintExtra()
    {
        _buffer.Flags = default;
        _buffer.Write("%!(EXTRA ");
        for (var i = _argument; i < _arguments.Length; i++)
        {
            if (i > _argument)
            {
                _buffer.Write(", ");
            }

            var type = ReflectType.Of(_arguments[i]);
            if (type is null)
            {
                _buffer.Write("<nil>");
                continue;
            }

            _buffer.Write(type.Name);
            _buffer.Write('=');
            printer.Print(_arguments[i], 'v');
        }

        _buffer.Write(')');
    }
}
