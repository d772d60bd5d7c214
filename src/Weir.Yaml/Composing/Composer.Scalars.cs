using System.Globalization;
using Weir.Values;
using Weir.Yaml.Parsing;

namespace Weir.Yaml.Composing;

/// <summary>What scalars mean, by tag, style and dialect.</summary>
internal sealed partial class Composer
{
    /// <summary>The code of a key that stands twice.</summary>
    public const string DuplicateKeyCode = "yaml-duplicate-key";

    private const string TagPrefix = "tag:yaml.org,2002:";
    private const string ShortPrefix = "!!";

    private ReadOnlySpan<char> Content(ref ParseEvent found) =>
        found.Text is null ? _text.AsSpan(found.SliceStart, found.SliceLength) : found.Text;

    private string ContentText(ref ParseEvent found) =>
        found.Text ?? (found.SliceLength <= 24
            ? _keys.Get(_text.AsSpan(found.SliceStart, found.SliceLength))
            : _text.Substring(found.SliceStart, found.SliceLength));

    private Value ComposeScalar(ref ParseEvent found)
    {
        if (found.Tag is { } tag && !(tag == "!" && _goYamlV3))
        {
            return ComposeTagged(ref found, ShortTag(tag));
        }

        return found.IsPlain
            ? Compose(ref found, ScalarResolver.Resolve(Content(ref found), _goYamlV3))
            : Folded(ref found) ?? StringOf(ref found);
    }

    /// <summary>A string in folded style, which go-yaml v3 does not write back as it reads it.</summary>
    private Value? Folded(ref ParseEvent found) =>
        _options.ScalarFactory is { } factory && _text[found.Start.Index] == '>' && !IsKeyExpected
            ? factory(ContentText(ref found), "!folded", StringOf(ref found))
            : null;

    private static string ShortTag(string tag) =>
        tag.StartsWith(TagPrefix, StringComparison.Ordinal) ? string.Concat(ShortPrefix, tag.AsSpan(TagPrefix.Length)) : tag;

    private Value ComposeTagged(ref ParseEvent found, string tag)
    {
        switch (tag)
        {
            case "!!str":
                return StringOf(ref found);
            case "!!binary":
                return ComposeBinary(ref found);
            case "!!bool" or "!!int" or "!!float" or "!!null" or "!!timestamp":
                var resolved = ScalarResolver.Resolve(Content(ref found), _goYamlV3, allowsTimestamp: tag == "!!timestamp");
                if (tag == "!!float" && resolved.Kind == ScalarKind.Int)
                {
                    resolved = ScalarResolution.FromFloat(resolved.Integer);
                }

                var actual = TagOf(resolved.Kind);
                if (actual == tag)
                {
                    return Compose(ref found, resolved);
                }

                Report("yaml-invalid-tag", $"yaml: cannot decode {actual} `{ContentText(ref found)}` as a {tag}", found.Start);
                return StringOf(ref found);
            default:
                return StringOf(ref found);
        }
    }

    private static string TagOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Null => "!!null",
        ScalarKind.Bool => "!!bool",
        ScalarKind.Int or ScalarKind.Unsigned => "!!int",
        ScalarKind.Float => "!!float",
        ScalarKind.Timestamp => "!!timestamp",
        _ => "!!str",
    };

    private StringValue StringOf(ref ParseEvent found) => new(ContentText(ref found))
    {
        Span = Span(found.Start),
        IsQuoted = !found.IsPlain,
    };

    private Value Compose(ref ParseEvent found, ScalarResolution resolved)
    {
        var value = ComposeResolved(ref found, resolved);
        return _options.ScalarFactory is not { } factory || resolved.Kind == ScalarKind.String || IsKeyExpected
            ? value
            : factory(ContentText(ref found), TagOf(resolved.Kind), value);
    }

    private Value ComposeResolved(ref ParseEvent found, ScalarResolution resolved)
    {
        var span = Span(found.Start);
        switch (resolved.Kind)
        {
            case ScalarKind.Null:
                return new NullValue { Span = span };
            case ScalarKind.Bool:
                return new BoolValue(resolved.Integer != 0) { Span = span };
            case ScalarKind.Int:
                return _options.NumbersAsFloat && !IsKeyExpected
                    ? new FloatValue(resolved.Integer) { Span = span }
                    : new IntValue(resolved.Integer) { Span = span };
            case ScalarKind.Unsigned:
                var unsigned = unchecked((ulong)resolved.Integer);
                return (_options.NumbersAsFloat || _toJson) && !IsKeyExpected
                    ? new FloatValue(unsigned) { Span = span }
                    : new IntValue(resolved.Integer, IntegerType.UInt64) { Span = span };
            case ScalarKind.Float:
                return ComposeFloat(resolved.Float, span);
            case ScalarKind.Timestamp when _goYamlV3:
                return new StringValue(Timestamp.ToRfc3339(Content(ref found))) { Span = span };
            default:
                return StringOf(ref found);
        }
    }

    /// <summary>True when the next node is the key of a map; keys keep the form of a float.</summary>
    private bool IsKeyExpected => _depth > 0 && _frames[_depth - 1] is { Map: not null, Key: null, IsMerge: false };

    private Value ComposeFloat(double value, SourceSpan span)
    {
        if (!_toJson || IsKeyExpected)
        {
            return new FloatValue(value) { Span = span };
        }

        if (!double.IsFinite(value))
        {
            Report("yaml-unsupported-number", $"json: unsupported value: {GoFloat.Format(value, 'g', -1)}", span);
            return new FloatValue(value) { Span = span };
        }

        return !_options.NumbersAsFloat && TryWhole(value, out var whole)
            ? new IntValue(whole) { Span = span }
            : new FloatValue(value) { Span = span };
    }

    /// <summary>JSON writes 1e3 as 1000, which reads back as an integer.</summary>
    private static bool TryWhole(double value, out long whole)
    {
        whole = 0;
        if (Math.Floor(value) != value || Math.Abs(value) >= 1e19)
        {
            return false;
        }

        if (Math.Abs(value) < 1L << 53)
        {
            whole = (long)value;
            return true;
        }

        return long.TryParse(GoFloat.Format(value, 'f', -1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole);
    }

    private StringValue ComposeBinary(ref ParseEvent found)
    {
        var content = Content(ref found);
        var bytes = new byte[content.Length];
        if (content.ContainsAny(" \t\f") || !Convert.TryFromBase64Chars(content, bytes, out var length))
        {
            Report("yaml-invalid-binary", "yaml: !!binary value contains invalid base64 data", found.Start);
            return StringOf(ref found);
        }

        var text = GoString.FromBytes(bytes.AsSpan(0, length));
        return new StringValue(_toJson ? GoString.ToValidUtf8(text) : text) { Span = Span(found.Start) };
    }
}
