using System.Globalization;

namespace Weir.GoTemplate;

/// <summary>Reads Go's notation of types.</summary>
internal sealed class TypeReader(string text)
{
    private int _at;

    public ReflectType ReadWhole()
    {
        var type = ReadType();
        SkipSpace();
        return _at == text.Length ? type : throw Bad();
    }

    public static Signature ReadSignature(string text)
    {
        var type = new TypeReader(text).ReadWhole();
        return type.Signature ?? throw new FormatException($"'{text}' is no function type.");
    }

    private ReflectType ReadType()
    {
        SkipSpace();
        if (Take("[]"))
        {
            return ReflectType.SliceOf(ReadType());
        }

        if (Take("*"))
        {
            return ReflectType.PointerTo(ReadType());
        }

        if (Take("["))
        {
            var end = text.IndexOf(']', _at);
            if (end < 0 || !int.TryParse(text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                throw Bad();
            }

            _at = end + 1;
            return ReflectType.ArrayOf(length, ReadType());
        }

        if (Take("map["))
        {
            var key = ReadType();
            Expect("]");
            return ReflectType.MapOf(key, ReadType());
        }

        if (Take("chan "))
        {
            return ReflectType.ChanOf(ReadType());
        }

        if (Take("interface {}") || Take("interface{}"))
        {
            return ReflectType.Any;
        }

        if (Take("func("))
        {
            return ReflectType.FuncOf(ReadFunction());
        }

        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '/'))
        {
            _at++;
        }

        var name = text[start.._at];
        return name.Length == 0 ? throw Bad() : ReflectType.FindNamed(name) ?? ReflectType.Named(name, ReflectKind.Struct);
    }

    private Signature ReadFunction()
    {
        var parameters = new List<ReflectType>();
        var variadic = false;
        while (!Take(")"))
        {
            if (parameters.Count > 0)
            {
                Expect(",");
                SkipSpace();
            }

            variadic = Take("...");
            parameters.Add(ReadType());
        }

        SkipSpace();
        if (_at == text.Length || text[_at] is ',' or ')')
        {
            return new Signature(parameters, variadic);
        }

        if (!Take("("))
        {
            return new Signature(parameters, variadic, ReadType());
        }

        var results = new List<ReflectType> { ReadType() };
        while (Take(","))
        {
            results.Add(ReadType());
        }

        Expect(")");
        return new Signature(parameters, variadic, results);
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0)
        {
            return false;
        }

        _at += token.Length;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Bad();
        }
    }

    private FormatException Bad() => new($"'{text}' is no Go type (at {_at}).");
}
