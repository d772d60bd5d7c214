using System.Globalization;
using Weir.Values;

namespace Weir.Flux;

/// <summary>
/// Reads the fields of one object, or describes them: the same declaration gives the record, every mistake in the text, and
/// the schema of the CRD. After the last field <see cref="Finish"/> reports what nobody asked for.
/// </summary>
internal sealed class FieldReader
{
    private readonly MapValue? _map;
    private readonly List<Diagnostic>? _diagnostics;
    private readonly string _path;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly MapValue? _properties;
    private readonly ListValue? _required;
    private readonly ListValue? _validations;

    /// <summary>Reads a map.</summary>
    public FieldReader(MapValue map, string path, List<Diagnostic> diagnostics)
    {
        _map = map;
        _path = path;
        _diagnostics = diagnostics;
    }

    /// <summary>Describes instead of reading.</summary>
    private FieldReader()
    {
        _path = "";
        _properties = [];
        _required = [];
        _validations = [];
    }

    /// <summary>The OpenAPI schema of what a declaration reads.</summary>
    public static MapValue Describe<T>(Func<FieldReader, T> read, string description)
    {
        var reader = new FieldReader();
        read(reader);
        return reader.ToSchema(description);
    }

    /// <summary>A rule in CEL that the API server checks over the whole object.</summary>
    public void Rule(string expression, string message) =>
        _validations?.Add(new MapValue { ["rule"] = expression, ["message"] = message });

    public string? String(string name, string description, FieldRules? rules = null)
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            Declare(name, description, rules, Typed("string"));
            return rules.IsRequired ? "" : null;
        }

        switch (Take(name, rules))
        {
            case StringValue text:
                Check(name, text.Value, rules);
                return text.Value;
            case null:
                return (rules.Default as StringValue)?.Value ?? (rules.IsRequired ? "" : null);
            case { } other:
                Mistyped(name, other, "a string");
                return rules.IsRequired ? "" : null;
        }
    }

    public bool? Bool(string name, string description, FieldRules? rules = null)
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            Declare(name, description, rules, Typed("boolean"));
            return null;
        }

        switch (Take(name, rules))
        {
            case BoolValue flag:
                return flag.Value;
            case null:
                return (rules.Default as BoolValue)?.Value;
            case { } other:
                Mistyped(name, other, "true or false");
                return null;
        }
    }

    public long? Int(string name, string description, string? format, FieldRules? rules = null)
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            var schema = Typed("integer");
            if (format is not null)
            {
                schema["format"] = format;
            }

            Declare(name, description, rules, schema);
            return null;
        }

        switch (Take(name, rules))
        {
            case IntValue number:
                return number.Value;
            case FloatValue number when number.Value == Math.Floor(number.Value):
                return (long)number.Value;
            case null:
                return (rules.Default as IntValue)?.Value;
            case { } other:
                Mistyped(name, other, "a whole number");
                return null;
        }
    }

    public FluxDuration? Duration(string name, string description, FieldRules? rules = null)
    {
        var text = String(name, description, rules);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (FluxDuration.TryParse(text, out var duration))
        {
            return duration;
        }

        Report(name, "flux-duration", $"'{Full(name)}' is no duration: \"{text}\"", "write it as 30s, 5m or 1h30m");
        return null;
    }

    public DateTimeOffset? Time(string name, string description, FieldRules? rules = null)
    {
        if (_properties is not null)
        {
            var schema = Typed("string");
            schema["format"] = "date-time";
            Declare(name, description, rules ?? FieldRules.None, schema);
            return null;
        }

        var text = String(name, description, rules);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        Report(name, "flux-time", $"'{Full(name)}' is no RFC 3339 time: \"{text}\"");
        return null;
    }

    public FieldList<string>? Strings(string name, string description, FieldRules? rules = null)
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            var item = Typed("string");
            AddEnum(item, rules.ItemsOneOf);
            var schema = Typed("array");
            schema["items"] = item;
            Declare(name, description, rules, schema);
            return null;
        }

        if (TakeList(name, rules) is not { } list)
        {
            return null;
        }

        var strings = new List<string>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is StringValue text)
            {
                if (rules.ItemsOneOf.Length > 0 && !rules.ItemsOneOf.Contains(text.Value))
                {
                    Report(name, "flux-value", $"'{Full(name)}[{i}]' must be one of {string.Join(", ", rules.ItemsOneOf)}, not \"{text.Value}\"");
                }

                strings.Add(text.Value);
            }
            else
            {
                Mistyped($"{name}[{i}]", list[i], "a string", name);
            }
        }

        return [.. strings];
    }

    public FieldMap<string>? StringMap(string name, string description, FieldRules? rules = null)
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            var schema = Typed("object");
            schema["additionalProperties"] = Typed("string");
            Declare(name, description, rules, schema);
            return null;
        }

        if (TakeMap(name, rules) is not { } map)
        {
            return null;
        }

        var entries = new List<KeyValuePair<string, string>>(map.Count);
        foreach (var (key, value) in map)
        {
            if (value is StringValue text)
            {
                entries.Add(new(key, text.Value));
            }
            else
            {
                _diagnostics!.Add(Diagnostic.Error(
                    "flux-type",
                    $"'{Full(name)}.{key}' must be a string, not {Word(value)}",
                    map.KeySpan(key).IsKnown ? map.KeySpan(key) : value.Span,
                    "put it in quotes"));
            }
        }

        return new(entries);
    }

    public T? Object<T>(string name, string description, Func<FieldReader, T> read, FieldRules? rules = null)
        where T : class
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            Declare(name, description, rules, Describe(read, ""));
            return null;
        }

        return TakeMap(name, rules) is { } map ? ReadNested(map, Full(name), read) : null;
    }

    public FieldList<T>? Objects<T>(string name, string description, Func<FieldReader, T> read, FieldRules? rules = null)
        where T : class
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            var schema = Typed("array");
            schema["items"] = Describe(read, "");
            Declare(name, description, rules, schema);
            return null;
        }

        if (TakeList(name, rules) is not { } list)
        {
            return null;
        }

        var items = new List<T>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is MapValue map)
            {
                items.Add(ReadNested(map, $"{Full(name)}[{i}]", read));
            }
            else
            {
                Mistyped($"{name}[{i}]", list[i], "a map", name);
            }
        }

        return [.. items];
    }

    public FieldMap<T>? ObjectMap<T>(string name, string description, Func<FieldReader, T> read, FieldRules? rules = null)
        where T : class
    {
        rules ??= FieldRules.None;
        if (_properties is not null)
        {
            var schema = Typed("object");
            schema["additionalProperties"] = Describe(read, "");
            Declare(name, description, rules, schema);
            return null;
        }

        if (TakeMap(name, rules) is not { } map)
        {
            return null;
        }

        var entries = new List<KeyValuePair<string, T>>(map.Count);
        foreach (var (key, value) in map)
        {
            if (value is MapValue nested)
            {
                entries.Add(new(key, ReadNested(nested, $"{Full(name)}.{key}", read)));
            }
            else
            {
                Mistyped($"{name}.{key}", value, "a map", name);
            }
        }

        return new(entries);
    }

    /// <summary>A value of any shape.</summary>
    public Value? Any(string name, string description)
    {
        if (_properties is not null)
        {
            Declare(name, description, FieldRules.None, new MapValue { ["x-kubernetes-preserve-unknown-fields"] = true });
            return null;
        }

        return Take(name, FieldRules.None);
    }

    /// <summary>Reports every key that no field asked for.</summary>
    public void Finish()
    {
        if (_map is null)
        {
            return;
        }

        foreach (var key in _map.Keys)
        {
            if (!_asked.Contains(key))
            {
                Report(key, "flux-unknown-field", $"unknown field '{Full(key)}'", Nearest(key));
            }
        }
    }

    private T ReadNested<T>(MapValue map, string path, Func<FieldReader, T> read)
    {
        var nested = new FieldReader(map, path, _diagnostics!);
        var result = read(nested);
        nested.Finish();
        return result;
    }

    private Value? Take(string name, FieldRules rules)
    {
        _asked.Add(name);
        var value = _map![name];
        if (value is null or NullValue)
        {
            if (rules.IsRequired && rules.Default is null)
            {
                _diagnostics!.Add(Diagnostic.Error("flux-required", $"'{Full(name)}' is required", _map.Span));
            }

            return null;
        }

        return value;
    }

    private ListValue? TakeList(string name, FieldRules rules)
    {
        var value = Take(name, rules);
        if (value is not (null or ListValue))
        {
            Mistyped(name, value, "a list");
        }

        return value as ListValue;
    }

    private MapValue? TakeMap(string name, FieldRules rules)
    {
        var value = Take(name, rules);
        if (value is not (null or MapValue))
        {
            Mistyped(name, value, "a map");
        }

        return value as MapValue;
    }

    private void Check(string name, string text, FieldRules rules)
    {
        if (rules.OneOf.Length > 0 && !rules.OneOf.Contains(text))
        {
            Report(name, "flux-value", $"'{Full(name)}' must be one of {string.Join(", ", rules.OneOf)}, not \"{text}\"");
        }

        if (rules.MinLength is { } least && text.Length < least)
        {
            Report(name, "flux-length", $"'{Full(name)}' must have at least {least} characters");
        }

        if (rules.MaxLength is { } most && text.Length > most)
        {
            Report(name, "flux-length", $"'{Full(name)}' must have at most {most} characters");
        }

        if (rules.Pattern is { } pattern && !rules.Matcher.IsMatch(text))
        {
            Report(name, "flux-pattern", $"'{Full(name)}' must match {pattern}, and \"{text}\" does not");
        }
    }

    private void Mistyped(string name, Value value, string wanted, string? key = null) =>
        Report(key ?? name, "flux-type", $"'{Full(name)}' must be {wanted}, not {Word(value)}");

    private void Report(string key, string code, string message, string? hint = null)
    {
        if (_map is null)
        {
            return;
        }

        var span = _map[key] is { Span.IsKnown: true } value ? value.Span : _map.KeySpan(key);
        _diagnostics!.Add(Diagnostic.Error(code, message, span.IsKnown ? span : _map.Span, hint));
    }

    private string Full(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private string? Nearest(string key) => NearestName.Find(key, _asked) is { } known ? $"did you mean '{known}'?" : null;

    private static string Word(Value value) => value.Kind switch
    {
        ValueKind.Bool => "a boolean",
        ValueKind.Int or ValueKind.Float => "a number",
        ValueKind.String => "a string",
        ValueKind.List => "a list",
        ValueKind.Map => "a map",
        _ => "null",
    };

    private static MapValue Typed(string type) => new() { ["type"] = type };

    private static void AddEnum(MapValue schema, string[] values)
    {
        if (values.Length > 0)
        {
            var list = new ListValue();
            foreach (var value in values)
            {
                list.Add(value);
            }

            schema["enum"] = list;
        }
    }

    private void Declare(string name, string description, FieldRules rules, MapValue schema)
    {
        if (description.Length > 0)
        {
            schema["description"] = description;
        }

        if (rules.Default is { } value)
        {
            schema["default"] = value.DeepClone();
        }

        AddEnum(schema, rules.OneOf);
        if (rules.Pattern is not null)
        {
            schema["pattern"] = rules.Pattern;
        }

        if (rules.MinLength is { } least)
        {
            schema["minLength"] = least;
        }

        if (rules.MaxLength is { } most)
        {
            schema["maxLength"] = most;
        }

        if (rules.MinItems is { } fewest)
        {
            schema["minItems"] = fewest;
        }

        if (rules.MaxItems is { } mostItems)
        {
            schema["maxItems"] = mostItems;
        }

        if (rules.ListType is not null)
        {
            schema["x-kubernetes-list-type"] = rules.ListType;
        }

        if (rules.ListMapKey is not null)
        {
            schema["x-kubernetes-list-map-keys"] = new ListValue([rules.ListMapKey]);
        }

        _properties!.Add(name, schema);
        if (rules.IsRequired)
        {
            _required!.Add(name);
        }
    }

    private MapValue ToSchema(string description)
    {
        var schema = Typed("object");
        if (description.Length > 0)
        {
            schema["description"] = description;
        }

        schema["properties"] = _properties!;
        if (_required!.Count > 0)
        {
            _required.Sort((a, b) => string.CompareOrdinal(((StringValue)a).Value, ((StringValue)b).Value));
            schema["required"] = _required;
        }

        if (_validations!.Count > 0)
        {
            schema["x-kubernetes-validations"] = _validations;
        }

        return schema;
    }
}
