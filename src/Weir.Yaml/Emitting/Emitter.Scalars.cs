using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;
using Weir.Yaml.Composing;
using Weir.Yaml.Scanning;

namespace Weir.Yaml.Emitting;

/// <summary>Scalars: style, quoting, folding.</summary>
internal sealed partial class Emitter
{
    private const string BinaryTag = "!!binary";

    /// <summary>Characters of one line of base64.</summary>
    private const int Base64Width = 70;

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Base60();

    private string WordOf(Value value) => value switch
    {
        NullValue => "null",
        BoolValue b => b.Value ? "true" : "false",
        FloatValue f => FloatWord(f.Value),
        _ => value.ToString()!,
    };

    private string FloatWord(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        }

        if (_throughJson && Math.Floor(value) == value && Math.Abs(value) < 2e19)
        {
            if (Math.Abs(value) < 1L << 53)
            {
                return ((long)value).ToString(CultureInfo.InvariantCulture);
            }

            // JSON writes the shortest digits filled up with zeros; what then fits 64 bits is an integer.
            var text = GoFloat.Format(value, 'f', -1);
            if (GoInteger.Parse(text, 10, out _) == NumberParse.Ok || GoInteger.ParseUnsigned(text, 10, out _) == NumberParse.Ok)
            {
                return text;
            }
        }

        return GoFloat.Format(value, 'g', -1);
    }

    private PreparedScalar Prepare(string text)
    {
        var isBinary = !GoString.IsValidUtf8(text);
        var allowsPlain = true;
        if (isBinary)
        {
            text = Base64(GoString.ToBytes(text));
        }
        else
        {
            allowsPlain = IsPlainString(text);
        }

        var style = text.Contains('\n') ? ScalarStyle.Literal
            : allowsPlain ? ScalarStyle.Plain
            : ScalarStyle.DoubleQuoted;
        return new PreparedScalar(text, style, isBinary, ScalarAnalysis.Of(text, _goYamlV3));
    }

    /// <summary>True when the text, written plain, reads back as a string by the rules of YAML 1.1.</summary>
    private bool IsPlainString(string text)
    {
        if (ScalarResolver.Resolve(text, _goYamlV3).Kind != ScalarKind.String)
        {
            return false;
        }

        if (_goYamlV3 && ScalarResolver.OldBoolean(text).Kind != ScalarKind.String)
        {
            return false;
        }

        return !(text[0] is '+' or '-' or (>= '0' and <= '9') && text.Contains(':') && Base60().IsMatch(text));
    }

    private static string Base64(byte[] bytes)
    {
        var text = Convert.ToBase64String(bytes);
        if (text.Length < Base64Width)
        {
            return text;
        }

        var lines = new StringBuilder(text.Length + (text.Length / Base64Width) + 1);
        for (var i = 0; i < text.Length; i += Base64Width)
        {
            lines.Append(text, i, Math.Min(Base64Width, text.Length - i)).Append('\n');
        }

        return lines.ToString();
    }

    private void WriteScalar(in PreparedScalar scalar, bool isKey)
    {
        if (scalar.IsBinary)
        {
            WriteSpace();
            output.Put(BinaryTag);
            _isAfterSpace = false;
            _isAtIndent = false;
        }

        // A scalar's further lines stand one level deeper than what it is in.
        var indent = Deeper();
        switch (ChooseStyle(scalar, isKey))
        {
            case ScalarStyle.Plain:
                WritePlain(scalar.Text, indent, !isKey);
                break;
            case ScalarStyle.SingleQuoted:
                WriteSingleQuoted(scalar.Text, indent, !isKey);
                break;
            case ScalarStyle.DoubleQuoted:
                WriteDoubleQuoted(scalar.Text, indent, !isKey);
                break;
            default:
                WriteLiteral(scalar.Text, indent);
                break;
        }
    }

    private static ScalarStyle ChooseStyle(in PreparedScalar scalar, bool isKey)
    {
        var style = scalar.Style;
        if (isKey && scalar.Analysis.IsMultiline)
        {
            style = ScalarStyle.DoubleQuoted;
        }

        if (style == ScalarStyle.Plain
            && (!scalar.Analysis.AllowsPlain || (isKey && scalar.Text.Length == 0)))
        {
            style = ScalarStyle.SingleQuoted;
        }

        if (style == ScalarStyle.SingleQuoted && !scalar.Analysis.AllowsSingleQuoted)
        {
            style = ScalarStyle.DoubleQuoted;
        }

        return style == ScalarStyle.Literal && (!scalar.Analysis.AllowsLiteral || isKey) ? ScalarStyle.DoubleQuoted : style;
    }

    private void WritePlain(string text, int indent, bool allowsBreaks)
    {
        WriteSpace();
        if (!allowsBreaks || output.Column + text.Length <= _width || !text.Contains(' '))
        {
            output.Put(text);
        }
        else
        {
            WriteFolded(text, indent, isQuoted: false);
        }

        _isAfterSpace = false;
        _isAtIndent = false;
    }

    private void WriteSingleQuoted(string text, int indent, bool allowsBreaks)
    {
        WriteIndicator('\'', needsSpace: true, isIndent: false);
        if (!allowsBreaks && !text.AsSpan().ContainsAny(YamlChar.Breaks) && !text.Contains('\''))
        {
            output.Put(text);
        }
        else
        {
            WriteFolded(text, indent, isQuoted: true, allowsBreaks);
        }

        WriteIndicator('\'', needsSpace: false, isIndent: false);
    }

    /// <summary>Breaks at the first single space past the width; line breaks in the text are doubled.</summary>
    private void WriteFolded(string text, int indent, bool isQuoted, bool allowsBreaks = true)
    {
        var wasSpace = false;
        var wasBreak = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ')
            {
                var isInside = !isQuoted || (i > 0 && i < text.Length - 1);
                if (allowsBreaks && !wasSpace && output.Column > _width && isInside && text[i + 1] != ' ')
                {
                    WriteIndent(indent);
                }
                else
                {
                    output.Put(c);
                }

                wasSpace = true;
            }
            else if (YamlChar.IsBreak(c))
            {
                if (!wasBreak && c == '\n')
                {
                    output.PutBreak('\n');
                }

                output.PutBreak(c);
                _isAtIndent = true;
                wasBreak = true;
            }
            else
            {
                if (wasBreak)
                {
                    WriteIndent(indent);
                }

                if (isQuoted && c == '\'')
                {
                    output.Put('\'');
                }

                output.Put(c);
                _isAtIndent = false;
                wasSpace = false;
                wasBreak = false;
            }
        }
    }

    private void WriteDoubleQuoted(string text, int indent, bool allowsBreaks)
    {
        WriteIndicator('"', needsSpace: true, isIndent: false);

        // libyaml looks for a byte order mark at the start of the text, whatever character it is at.
        var escapesAll = text[0..Math.Min(1, text.Length)] is "\uFEFF";
        var wasSpace = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (escapesAll || !ScalarAnalysis.IsPrintable(c) || YamlChar.IsBreak(c) || c is '"' or '\\')
            {
                i += WriteEscape(text, i);
                wasSpace = false;
            }
            else if (c == ' ')
            {
                if (allowsBreaks && !wasSpace && output.Column > _width && i > 0 && i < text.Length - 1)
                {
                    WriteIndent(indent);
                    if (text[i + 1] == ' ')
                    {
                        output.Put('\\');
                    }
                }
                else
                {
                    output.Put(c);
                }

                wasSpace = true;
            }
            else
            {
                output.Put(c);
                wasSpace = false;
            }
        }

        WriteIndicator('"', needsSpace: false, isIndent: false);
    }

    /// <summary>Answers how many further characters of the text the escape stands for.</summary>
    private int WriteEscape(string text, int index)
    {
        var c = text[index];
        var letter = c switch
        {
            '\0' => '0',
            '\a' => 'a',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\v' => 'v',
            '\f' => 'f',
            '\r' => 'r',
            '\e' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u0085' => 'N',
            '\u00A0' => '_',
            '\u2028' => 'L',
            '\u2029' => 'P',
            _ => '\0',
        };
        output.Put('\\');
        if (letter != '\0')
        {
            output.Put(letter);
            return 0;
        }

        if (char.IsHighSurrogate(c))
        {
            output.Put('U');
            output.Put(char.ConvertToUtf32(c, text[index + 1]).ToString("X8", CultureInfo.InvariantCulture));
            return 1;
        }

        output.Put(c <= 0xFF ? 'x' : 'u');
        output.Put(((int)c).ToString(c <= 0xFF ? "X2" : "X4", CultureInfo.InvariantCulture));
        return 0;
    }

    private void WriteLiteral(string text, int indent)
    {
        WriteIndicator('|', needsSpace: true, isIndent: false);
        if (text[0] == ' ' || YamlChar.IsBreak(text[0]))
        {
            output.Put((char)('0' + _indentation));
        }

        if (!YamlChar.IsBreak(text[^1]))
        {
            output.Put('-');
        }
        else if (text.Length == 1 || YamlChar.IsBreak(text[^2]))
        {
            output.Put('+');
        }

        output.PutBreak('\n');
        _isAfterSpace = true;
        _isAtIndent = true;
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOfAny(YamlChar.Breaks);
            var line = length < 0 ? rest : rest[..length];
            if (!line.IsEmpty)
            {
                WriteIndent(indent);
                output.Put(line);
                _isAtIndent = false;
            }

            if (length < 0)
            {
                break;
            }

            output.PutBreak(rest[length]);
            _isAtIndent = true;
            rest = rest[(length + 1)..];
        }
    }
}
