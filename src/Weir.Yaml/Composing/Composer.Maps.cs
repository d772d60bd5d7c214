using Weir.Values;
using Weir.Yaml.Parsing;

namespace Weir.Yaml.Composing;

/// <summary>Keys, entries and merges.</summary>
internal sealed partial class Composer
{
    private const string MergeKey = "<<";
    private const string MergeTag = TagPrefix + "merge";

    /// <summary>A scalar in the place of a key; most are short strings.</summary>
    private bool HandleKey(ref ParseEvent found)
    {
        ref var frame = ref _frames[_depth - 1];
        if (IsMergeKey(ref found))
        {
            frame.IsMerge = true;
            frame.KeySpan = Span(found.Start);
            return true;
        }

        var content = Content(ref found);
        var isString = found.Tag is null
            && (!found.IsPlain || ScalarResolver.Resolve(content, _goYamlV3).Kind is ScalarKind.String);
        if (!isString || found.Anchor is not null)
        {
            return HandleScalar(ref found);
        }

        frame.Key = found.Text is null ? _keys.Get(content) : found.Text;
        frame.KeyLiteral = null;
        frame.KeySpan = Span(found.Start);
        return true;
    }

    private bool IsMergeKey(ref ParseEvent found) =>
        Content(ref found) is MergeKey && (found.Tag == MergeTag || (found.Tag is null or "!" && found.IsImplicit));

    private void SetKey(ref Frame frame, Value key, SourceSpan span)
    {
        frame.KeySpan = span;
        frame.KeyLiteral = key is StringValue ? null : key.ToString();
        switch (key)
        {
            case StringValue s:
                frame.Key = s.Value;
                break;
            case FloatValue f:
                frame.Key = FloatKey(f.Value);
                break;
            case NullValue when _toJson:
                frame.Key = "null";
                Report("yaml-unsupported-key", "unsupported map key of type: %!s(<nil>), key: <nil>", span);
                break;
            case NullValue:
                frame.Key = "null";
                break;
            case ListValue or MapValue:
                frame.Key = key.ToString();
                Report("yaml-invalid-key", $"yaml: invalid map key: {GoSyntax.Format(key)}", span);
                break;
            default:
                frame.Key = key.ToString()!;
                break;
        }

        if (_goYamlV3 && frame.KeyLiteral is not null && key.IsScalar)
        {
            _diagnostics.Add(Diagnostic.Warning("yaml-non-string-key", $"the key {frame.Key} is no string", span, "quote it"));
        }
    }

    /// <summary>sigs.k8s.io/yaml writes float keys with the digits of a 32-bit float.</summary>
    private string FloatKey(double value) => value switch
    {
        double.PositiveInfinity => ".inf",
        double.NegativeInfinity => "-.inf",
        double.NaN => ".nan",
        _ when _toJson => GoFloat.FormatSingle((float)value, 'g', -1),
        _ => GoFloat.Format(value, 'g', -1),
    };

    private void SetEntry(ref Frame frame, Value value, SourceSpan valueSpan)
    {
        var key = frame.Key!;
        frame.Key = null;
        var map = frame.Map!;
        var count = map.Count;
        var previous = _goYamlV3 ? map.KeySpan(key) : default;
        map.Set(key, value, frame.KeySpan);
        if (map.Count == count)
        {
            ReportDuplicate(ref frame, key, previous, valueSpan);
        }
    }

    private void ReportDuplicate(ref Frame frame, string key, SourceSpan previous, SourceSpan valueSpan)
    {
        var wasMerged = frame.MergedKeys?.Remove(key) == true;
        if (wasMerged && !_options.DuplicateKeysAreErrors)
        {
            return;
        }

        var message = _goYamlV3
            ? $"line {frame.KeySpan.Line}: mapping key {GoQuote.Quote(key)} already defined at line {previous.Line}"
            : $"line {valueSpan.Line}: key {frame.KeyLiteral ?? GoQuote.Quote(key)} already set in map";
        _diagnostics.Add(new Diagnostic(
            DuplicateKeyCode,
            _options.DuplicateKeysAreErrors ? Severity.Error : Severity.Warning,
            message,
            frame.KeySpan));
    }

    private void Merge(ref Frame frame, Value source, SourceSpan span, bool isAlias)
    {
        if (_goYamlV3)
        {
            if (frame.MergeSource is not null)
            {
                _diagnostics.Add(new Diagnostic(
                    DuplicateKeyCode,
                    _options.DuplicateKeysAreErrors ? Severity.Error : Severity.Warning,
                    $"line {frame.KeySpan.Line}: mapping key \"<<\" already defined at line {frame.MergeSpan.Line}",
                    frame.KeySpan));
            }

            frame.MergeSource = source;
            frame.MergeSpan = frame.KeySpan;
            frame.IsMergeSourceAlias = isAlias;
            return;
        }

        // v2 merges where it stands: what is merged replaces earlier keys. The first of a list wins.
        frame.MergedKeys ??= new HashSet<string>(StringComparer.Ordinal);
        switch (source)
        {
            case MapValue map:
                MergeOver(ref frame, map, span);
                break;
            case ListValue list when !isAlias:
                for (var i = list.Count - 1; i >= 0; i--)
                {
                    if (list[i] is MapValue item)
                    {
                        MergeOver(ref frame, item, span);
                    }
                    else
                    {
                        ReportMerge(span);
                        return;
                    }
                }

                break;
            default:
                ReportMerge(span);
                break;
        }
    }

    private void MergeOver(ref Frame frame, MapValue source, SourceSpan span)
    {
        var map = frame.Map!;
        foreach (var (key, value) in source)
        {
            if (_options.DuplicateKeysAreErrors && map.ContainsKey(key))
            {
                Report(DuplicateKeyCode, $"line {span.Line}: key {GoQuote.Quote(key)} already set in map", span);
            }

            map.Set(key, value, source.KeySpan(key));
            frame.MergedKeys!.Add(key);
        }
    }

    private void MergeLast(ref Frame frame)
    {
        // v3 merges after all keys: what is written wins, then the first of a list.
        switch (frame.MergeSource)
        {
            case MapValue map:
                MergeUnder(frame.Map!, map);
                break;
            case ListValue list when !frame.IsMergeSourceAlias:
                foreach (var item in list)
                {
                    if (item is not MapValue map)
                    {
                        ReportMerge(frame.MergeSpan);
                        return;
                    }

                    MergeUnder(frame.Map!, map);
                }

                break;
            default:
                ReportMerge(frame.MergeSpan);
                break;
        }
    }

    private static void MergeUnder(MapValue map, MapValue source)
    {
        foreach (var (key, value) in source)
        {
            if (!map.ContainsKey(key))
            {
                map.Set(key, value, source.KeySpan(key));
            }
        }
    }

    private void ReportMerge(SourceSpan span) =>
        Report("yaml-invalid-merge", "yaml: map merge requires map or sequence of maps as the value", span);
}
