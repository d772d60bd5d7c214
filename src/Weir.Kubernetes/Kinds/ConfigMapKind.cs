using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Config maps.</summary>
internal sealed class ConfigMapKind : BuiltInKind
{
    private const int MaxBytes = 1024 * 1024;

    public override bool HasStatus => false;

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var (data, binary) = (value.GetMap("data") ?? [], value.GetMap("binaryData") ?? []);
        Keys(data, "data", errors);
        Keys(binary, "binaryData", errors);
        foreach (var key in data.Keys.Where(binary.ContainsKey))
        {
            errors.Add(FieldError.Invalid($"data[{key}]", key, "duplicate of key present in binaryData"));
        }

        var size = data.Sum(e => (long)GoString.ByteLength((e.Value as StringValue)?.Value ?? ""))
            + binary.Sum(e => (e.Value as StringValue)?.Value.Length * 3L / 4 ?? 0);
        if (size > MaxBytes)
        {
            errors.Add(FieldError.TooLong("", MaxBytes));
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors) => Frozen(value, old, ["data", "binaryData"], errors);

    internal static void Keys(MapValue data, string path, ICollection<FieldError> errors)
    {
        foreach (var key in data.Keys)
        {
            foreach (var problem in KubernetesNames.CheckDataKey(key))
            {
                errors.Add(FieldError.Invalid($"{path}[{key}]", key, problem));
            }
        }
    }

    /// <summary>Once immutable, neither that nor the data changes.</summary>
    internal static void Frozen(MapValue value, MapValue old, string[] fields, ICollection<FieldError> errors)
    {
        if (old.GetBool("immutable") != true)
        {
            return;
        }

        if (value.GetBool("immutable") != true)
        {
            errors.Add(FieldError.Forbidden("immutable", "field is immutable when `immutable` is set"));
        }

        foreach (var field in fields)
        {
            if (!Value.DeepEquals(value[field], old[field]))
            {
                errors.Add(FieldError.Forbidden(field, "field is immutable when `immutable` is set"));
            }
        }
    }
}
