using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// What a built-in kind does with its objects beyond its schema: defaults, and what must be right when they are created and
/// changed. Objects are as <see cref="BuiltInObject.Normalize"/> leaves them. Kinds without rules of their own use this one.
/// </summary>
public class BuiltInKind
{
    /// <summary>Whether <c>metadata.generation</c> counts changes of what users write.</summary>
    public virtual bool HasGeneration => false;

    /// <summary>Whether the status is written through its subresource only.</summary>
    public virtual bool HasStatus => true;

    /// <summary>Fills in defaults, in place.</summary>
    public virtual void Default(MapValue value)
    {
    }

    /// <summary>Sets what the server decides about a new object; it has its uid already, and its status is empty.</summary>
    public virtual void PrepareCreate(MapValue value)
    {
    }

    /// <summary>Sets what the server decides about a changed object.</summary>
    public virtual void PrepareUpdate(MapValue value, MapValue old)
    {
    }

    /// <summary>Whether a change counts as a new generation, for kinds that have one.</summary>
    public virtual bool IsNewGeneration(MapValue value, MapValue old) => !Value.DeepEquals(value["spec"], old["spec"]);

    /// <summary>What is wrong with an object that is created or changed.</summary>
    public virtual void Validate(MapValue value, ICollection<FieldError> errors)
    {
    }

    /// <summary>What is wrong with a new object, besides what is wrong with any.</summary>
    public virtual void ValidateCreate(MapValue value, ICollection<FieldError> errors)
    {
    }

    /// <summary>What is wrong with a change, besides what is wrong with the new object itself.</summary>
    public virtual void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
    }

    /// <summary>Sets a field that is absent or null.</summary>
    protected static void SetDefault(MapValue map, string key, Value value)
    {
        if (map[key] is null or NullValue)
        {
            map[key] = value;
        }
    }

    /// <summary>A field that must not change.</summary>
    protected static void Immutable(MapValue value, MapValue old, string path, ICollection<FieldError> errors)
    {
        var steps = path.Split('.');
        var present = value.At(steps);
        if (!Value.DeepEquals(present, old.At(steps)))
        {
            errors.Add(FieldError.Invalid(path, present ?? NullValue.Instance, "field is immutable"));
        }
    }

    /// <summary>A number that must be there when given, and not negative.</summary>
    protected static void NonNegative(MapValue? map, string key, string path, ICollection<FieldError> errors)
    {
        if (map?.GetInt(key) is { } number and < 0)
        {
            errors.Add(FieldError.Invalid($"{path}.{key}", number, "must be greater than or equal to 0"));
        }
    }
}
