using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>
/// Checks custom resources against the schema of their definition and its rules, with the messages of kube-apiserver.
/// </summary>
public sealed class CustomValidation
{
    private readonly List<FieldError> _errors = [];

    private CustomValidation()
    {
    }

    /// <summary>What is wrong with an object after pruning and defaulting; nothing when all is well.</summary>
    public static IReadOnlyList<FieldError> Validate(MapValue value, Schema schema) => Validate(value, null, schema, _ => { }, CancellationToken.None);

    /// <summary>What is wrong with an object that is created or changed.</summary>
    /// <param name="value">The object after pruning and defaulting.</param>
    /// <param name="old">What it was before; what did not change since is forgiven. <see langword="null"/> when it is created.</param>
    /// <param name="schema">The schema of its definition.</param>
    /// <param name="warn">Is told of what a rule forgave.</param>
    /// <param name="cancellation">Ends rules that run.</param>
    /// <param name="isStatus">True when only the status is written: then the rest is not looked at, but by rules.</param>
    public static IReadOnlyList<FieldError> Validate(
        MapValue value, MapValue? old, Schema schema, Action<string> warn, CancellationToken cancellation, bool isStatus = false)
    {
        var validation = new CustomValidation();
        if (isStatus)
        {
            validation.Status(value, old, schema);
        }
        else
        {
            validation.Root(value, old, schema);
        }

        var errors = validation._errors;
        if (RuleTree.Of(schema) is not { } rules)
        {
            return errors;
        }

        if (errors.Exists(IsBlocking))
        {
            errors.Add(FieldError.Invalid(FieldError.NoField, NullValue.Instance,
                "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"));
        }
        else
        {
            RuleValidation.Run(value, old, rules, errors, warn, cancellation);
        }

        return errors;
    }

    /// <summary>What is wrong with a part of an object, such as a default, by its schema alone.</summary>
    internal static IReadOnlyList<FieldError> ValidatePart(Value value, Schema schema, string path)
    {
        var validation = new CustomValidation();
        validation.Node("", value, schema, null);
        if (validation._errors.Count == 0)
        {
            validation.Lists("", value, schema);
        }

        return [.. validation._errors.Select(e => e with
        {
            Field = e.Field == FieldError.NoField ? path : e.Field.StartsWith('[') ? path + e.Field : $"{path}.{e.Field}",
        })];
    }

    /// <summary>Rules trust in the types and sizes of values, so they do not run on values that break those.</summary>
    private static bool IsBlocking(FieldError error) =>
        error.Reason is "FieldValueNotSupported" or "FieldValueRequired" or "FieldValueTooLong" or "FieldValueTooMany" or "FieldValueTypeInvalid";

    /// <summary>Messages about a status name its fields, as the field of the error names them within the object.</summary>
    private void Status(MapValue value, MapValue? old, Schema schema)
    {
        if (value["status"] is not { } status || schema.Property("status")?.Schema is not { } described)
        {
            return;
        }

        var validation = new CustomValidation();
        validation.Node("", status, described, old?["status"] is { } before ? new Correlation(status, before, described) : null);
        _errors.AddRange(validation._errors.Select(e => e.Field == FieldError.NoField ? e : e with { Field = $"status.{e.Field}" }));
        if (_errors.Count == 0 && (old is null || !HasListErrors(old, schema)))
        {
            Lists("", value, schema);
        }
    }

    private void Root(MapValue value, MapValue? old, Schema schema)
    {
        Object("", value, schema, old is null ? null : new Correlation(value, old, schema));
        if (schema.MetadataLimits is { } limits && value.GetMap("metadata") is { } metadata)
        {
            Object("metadata", metadata, limits, null);
        }

        Combinations("", value, schema.Limits);
        if (_errors.Count == 0 && (old is null || !HasListErrors(old, schema)))
        {
            Lists("", value, schema);
        }

        Embedded("", value, schema);
    }

    private static bool HasListErrors(MapValue value, Schema schema)
    {
        var validation = new CustomValidation();
        validation.Lists("", value, schema);
        return validation._errors.Count > 0;
    }

    private void Node(string path, Value value, Schema schema, Correlation? correlation)
    {
        var before = _errors.Count;
        Check(path, value, schema, correlation);
        if (_errors.Count > before && correlation is { IsSame: true })
        {
            _errors.RemoveRange(before, _errors.Count - before);
        }
    }

    private void Check(string path, Value value, Schema schema, Correlation? correlation)
    {
        if (value.IsNull)
        {
            if (!schema.IsNullable && (schema.Type != SchemaType.Any || schema.IsIntOrString))
            {
                WrongType(path, TypeName(schema), "null");
            }

            Enum(path, value, schema);
            return;
        }

        CheckType(path, value, schema);
        Combinations(path, value, schema.Limits);
        switch (value)
        {
            case StringValue text:
                Text(path, text, schema);
                break;
            case IntValue or FloatValue:
                Number(path, value, schema);
                break;
            case ListValue list:
                List(path, list, schema, correlation);
                break;
            case MapValue map:
                Object(path, map, schema, correlation);
                break;
        }

        Enum(path, value, schema);
    }

    private void CheckType(string path, Value value, Schema schema)
    {
        if (schema.Type == SchemaType.Any && !schema.IsIntOrString)
        {
            return;
        }

        if (schema.Type == SchemaType.String && CustomFormats.IsKnown(schema.Format) && value is StringValue or ListValue)
        {
            return;
        }

        var isWhole = value is FloatValue f && f.Value == Math.Floor(f.Value);
        var fits = schema.IsIntOrString
            ? value is IntValue or StringValue || isWhole
            : schema.Type switch
            {
                SchemaType.Integer => value is IntValue || isWhole,
                SchemaType.Number => value is IntValue or FloatValue,
                SchemaType.String => value is StringValue,
                SchemaType.Boolean => value is BoolValue,
                SchemaType.Array => value is ListValue,
                _ => value is MapValue,
            };
        if (!fits)
        {
            WrongType(path, TypeName(schema), JsonType(value));
        }
    }

    private void WrongType(string path, string expected, string found) =>
        _errors.Add(FieldError.TypeInvalid(Field(path), found, $"{path} in body must be of type {expected}: {GoQuote.Quote(found)}"));

    private void Text(string path, StringValue value, Schema schema)
    {
        var limits = schema.Limits;
        var length = value.Value.EnumerateRunes().Count();
        if (length > limits.MaxLength)
        {
            _errors.Add(FieldError.TooLong(Field(path), limits.MaxLength.Value));
        }
        else if (length < limits.MinLength)
        {
            Invalid(path, value, string.Create(CultureInfo.InvariantCulture, $"should be at least {limits.MinLength} chars long"));
        }
        else if (limits.Pattern is { Length: > 0 } pattern && GoRegex.TryParse(pattern, out var regex) && !regex.IsMatch(value.Value))
        {
            Invalid(path, value, $"should match '{pattern}'");
        }

        if (schema.Type is SchemaType.String or SchemaType.Any && !CustomFormats.Matches(schema.Format, value.Value))
        {
            _errors.Add(FieldError.TypeInvalid(Field(path), value, $"{path} in body must be of type {schema.Format}: {GoQuote.Quote(value.Value)}"));
        }
    }

    private void Number(string path, Value value, Schema schema)
    {
        var limits = schema.Limits;
        var number = value is IntValue i ? i.Value : ((FloatValue)value).Value;
        if (schema.Type == SchemaType.Integer)
        {
            if (number != Math.Floor(number))
            {
                Whole($"Checked value must be of type integer {FormatName(schema)} in {path}");
            }
            else if (schema.Format == "int32" && number is > int.MaxValue or < int.MinValue)
            {
                Whole($"Checked value must be of type integer with format int32 in {path}");
            }
        }

        if (limits.MultipleOf is { } factor and > 0 && number / factor != Math.Floor(number / factor))
        {
            Invalid(path, value, $"should be a multiple of {Shown(factor)}");
        }

        if (limits.Maximum is { } max && (limits.ExclusiveMaximum ? number >= max : number > max))
        {
            Invalid(path, value, limits.ExclusiveMaximum ? $"should be less than {Shown(max)}" : $"should be less than or equal to {Shown(max)}");
        }

        if (limits.Minimum is { } min && (limits.ExclusiveMinimum ? number <= min : number < min))
        {
            Invalid(path, value, limits.ExclusiveMinimum ? $"should be greater than {Shown(min)}" : $"should be greater than or equal to {Shown(min)}");
        }
    }

    private static string FormatName(Schema schema) => schema.Format.Length == 0 ? "(default format)" : $"with format {schema.Format}";

    private void List(string path, ListValue list, Schema schema, Correlation? correlation)
    {
        if (schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Node(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i], items, correlation?.Item(i));
            }
        }

        var limits = schema.Limits;
        if (list.Count < limits.MinItems)
        {
            Invalid(path, list.Count, string.Create(CultureInfo.InvariantCulture, $"should have at least {limits.MinItems} items"));
        }

        if (list.Count > limits.MaxItems)
        {
            _errors.Add(FieldError.TooMany(Field(path), list.Count, limits.MaxItems.Value));
        }

        if (limits.UniqueItems && list.Distinct().Count() != list.Count)
        {
            Invalid(path, null, "shouldn't contain duplicates");
        }
    }

    private void Object(string path, MapValue map, Schema schema, Correlation? correlation)
    {
        var limits = schema.Limits;
        if (map.Count < limits.MinProperties)
        {
            Invalid(path, map.Count, string.Create(CultureInfo.InvariantCulture, $"should have at least {limits.MinProperties} properties"));
        }

        if (map.Count > limits.MaxProperties)
        {
            _errors.Add(FieldError.TooMany(Field(path), map.Count, limits.MaxProperties.Value));
        }

        foreach (var (key, value) in map)
        {
            // What every object has is checked by the rules of names and metadata.
            if (schema.Field(key) is { Name: null } field)
            {
                Node(path.Length == 0 ? key : $"{path}.{key}", value, field, correlation?.Field(key));
            }
        }

        foreach (var name in limits.Required)
        {
            if (!map.ContainsKey(name))
            {
                _errors.Add(FieldError.Required(path.Length == 0 ? name : $"{path}.{name}"));
            }
        }
    }

    private void Enum(string path, Value value, Schema schema)
    {
        if (schema.Enum.Count == 0)
        {
            return;
        }

        foreach (var allowed in schema.Enum)
        {
            if (MergeValue.AreEqual(value, allowed))
            {
                return;
            }
        }

        _errors.Add(FieldError.NotSupported(Field(path), value, schema.Enum.Select(e => e is StringValue s ? s.Value : JsonWriter.Write(e))));
    }

    private void Combinations(string path, Value value, SchemaLimits limits)
    {
        if (ReferenceEquals(limits, SchemaLimits.None))
        {
            return;
        }

        if (limits.AnyOf.Count > 0)
        {
            var failures = Alternatives(path, value, limits.AnyOf, out var passed);
            if (passed == 0)
            {
                Whole($"{GoQuote.Quote(path)} must validate at least one schema (anyOf)");
                _errors.AddRange(failures);
            }
        }

        if (limits.OneOf.Count > 0)
        {
            var failures = Alternatives(path, value, limits.OneOf, out var passed);
            if (passed != 1)
            {
                Whole($"{GoQuote.Quote(path)} must validate one and only one schema (oneOf). {(passed == 0 ? "Found none valid" : $"Found {passed} valid alternatives")}");
                if (passed == 0)
                {
                    _errors.AddRange(failures);
                }
            }
        }

        if (limits.AllOf.Count > 0)
        {
            var passed = 0;
            foreach (var part in limits.AllOf)
            {
                var errors = Try(path, value, part);
                passed += errors.Count == 0 ? 1 : 0;
                _errors.AddRange(errors);
            }

            if (passed != limits.AllOf.Count)
            {
                Whole($"{GoQuote.Quote(path)} must validate all the schemas (allOf){(passed == 0 ? ". None validated" : "")}");
            }
        }

        if (limits.Not is { } not && Try(path, value, not).Count == 0)
        {
            Whole($"{GoQuote.Quote(path)} must not validate the schema (not)");
        }
    }

    /// <summary>How many schemas accept the value, and what the first that does not says.</summary>
    private static List<FieldError> Alternatives(string path, Value value, IReadOnlyList<Schema> schemas, out int passed)
    {
        passed = 0;
        List<FieldError>? failures = null;
        foreach (var schema in schemas)
        {
            var errors = Try(path, value, schema);
            passed += errors.Count == 0 ? 1 : 0;
            failures ??= errors.Count == 0 ? null : errors;
        }

        return failures ?? [];
    }

    private static List<FieldError> Try(string path, Value value, Schema schema)
    {
        var validation = new CustomValidation();
        validation.Node(path, value, schema, null);
        return validation._errors;
    }

    /// <summary>Items of sets, and keys of items of maps, stand once.</summary>
    private void Lists(string path, Value value, Schema? schema)
    {
        switch (value)
        {
            case MapValue map:
                foreach (var (key, item) in map)
                {
                    if (schema?.Property(key) is { Schema.Name: null } property)
                    {
                        Lists(path.Length == 0 ? key : $"{path}.{key}", item, property.Schema);
                    }
                    else if (schema?.AdditionalProperties is { } values)
                    {
                        Lists($"{path}[{key}]", item, values);
                    }
                }

                break;
            case ListValue list:
                if (schema?.ListType is ListType.Set or ListType.Map)
                {
                    Unique(path, list, schema);
                }

                for (var i = 0; i < list.Count; i++)
                {
                    Lists(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i], schema?.Items);
                }

                break;
        }
    }

    private void Unique(string path, ListValue list, Schema schema)
    {
        var seen = new Dictionary<Value, int>();
        for (var i = 0; i < list.Count; i++)
        {
            var key = list[i];
            if (schema.ListType == ListType.Map)
            {
                var keys = new MapValue(schema.ListMapKeys.Count);
                foreach (var name in schema.ListMapKeys)
                {
                    if ((key as MapValue)?[name] is { } part)
                    {
                        keys[name] = part;
                    }
                }

                key = keys;
            }

            seen[key] = seen.GetValueOrDefault(key) + 1;
            if (seen[key] == 2)
            {
                _errors.Add(FieldError.Duplicate(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), key));
            }
        }
    }

    private void Embedded(string path, Value value, Schema? schema)
    {
        switch (value)
        {
            case MapValue map:
                if (schema?.IsEmbeddedResource == true)
                {
                    EmbeddedObject(path, map);
                }

                foreach (var (key, item) in map)
                {
                    if (schema?.Field(key) is { Name: null } field)
                    {
                        Embedded(path.Length == 0 ? key : $"{path}.{key}", item, field);
                    }
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    Embedded(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i], schema?.Items);
                }

                break;
        }
    }

    private void EmbeddedObject(string path, MapValue map)
    {
        foreach (var name in (ReadOnlySpan<string>)["apiVersion", "kind"])
        {
            switch (map[name])
            {
                case null:
                    _errors.Add(FieldError.Required($"{path}.{name}"));
                    break;
                case StringValue { Value.Length: 0 } empty:
                    _errors.Add(FieldError.Invalid($"{path}.{name}", empty, "must not be empty"));
                    break;
                case StringValue kind when name == "kind" && KubernetesNames.CheckDns1035Label(kind.Value.ToLowerInvariant()) is { Count: > 0 } problems:
                    _errors.Add(FieldError.Invalid($"{path}.{name}", kind, "may have mixed case, but should otherwise match: " + string.Join(",", problems)));
                    break;
                case StringValue:
                    break;
                case var other:
                    _errors.Add(FieldError.Invalid($"{path}.{name}", other, "must be a string"));
                    break;
            }
        }
    }

    private void Invalid(string path, Value? value, string detail) => _errors.Add(FieldError.Invalid(Field(path), value, $"{path} in body {detail}"));

    private void Whole(string message) => _errors.Add(FieldError.Invalid(FieldError.NoField, null, message));

    private static string Field(string path) => path.Length == 0 ? FieldError.NoField : path;

    private static string Shown(double number) => GoFloat.Format(number, 'g', -1);

    private static string TypeName(Schema schema) => schema.IsIntOrString ? "integer,string" : schema.Type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        _ => "boolean",
    };

    private static string JsonType(Value value) => value switch
    {
        StringValue => "string",
        IntValue => "integer",
        FloatValue => "number",
        BoolValue => "boolean",
        ListValue => "array",
        _ => "object",
    };
}
