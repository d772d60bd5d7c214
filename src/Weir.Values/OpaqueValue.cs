namespace Weir.Values;

/// <summary>
/// The base of values that only one language knows, such as functions, dates and Go structs. They travel through
/// lists and maps like any other value; readers and writers of YAML and JSON see their <see cref="ToPlain"/> form.
/// </summary>
public abstract class OpaqueValue : Value
{
    public sealed override ValueKind Kind => ValueKind.Opaque;

    /// <summary>Go's name of the type, as <c>%T</c> prints it.</summary>
    public abstract string GoType { get; }

    /// <summary>What <c>encoding/json</c> would make of it, or <see langword="null"/> when it has no such form.</summary>
    public abstract Value? ToPlain();
}
