using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What must be right in the defaults of a CustomResourceDefinition's schema: they are values that the schema takes.</summary>
internal static class DefinitionDefaults
{
    /// <summary>Checks all defaults of a structural schema.</summary>
    public static void Check(MapValue schema, string path, ICollection<FieldError> errors)
    {
        if (schema["default"] is { } value and not NullValue)
        {
            Default(value, CustomSchema.Read(schema), path + ".default", errors);
        }

        foreach (var (name, item) in schema.GetMap("properties") ?? [])
        {
            if (item is MapValue property)
            {
                Check(property, $"{path}.properties[{name}]", errors);
            }
        }

        foreach (var word in (ReadOnlySpan<string>)["items", "additionalProperties"])
        {
            if (schema.GetMap(word) is { } child)
            {
                Check(child, $"{path}.{word}", errors);
            }
        }
    }

    private static void Default(Value value, Schema schema, string path, ICollection<FieldError> errors)
    {
        if (CustomObject.HasUnknownFields(value, schema))
        {
            errors.Add(FieldError.Invalid(path, value, "must not have unknown fields"));
        }

        var problems = CustomValidation.ValidatePart(value, schema, path);
        foreach (var problem in problems)
        {
            errors.Add(problem);
        }

        if (problems.Count == 0 && RuleTree.OfPart(schema) is { } rules)
        {
            RuleValidation.RunOnDefault(value, rules, path, errors);
        }
    }
}
