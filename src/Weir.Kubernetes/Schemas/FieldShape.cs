namespace Weir.Kubernetes;

/// <summary>What becomes of a field of a built-in kind that is absent or empty, as the JSON of upstream's Go types has it.</summary>
public enum FieldShape
{
    /// <summary>Left out when it is zero, empty or null.</summary>
    OmitsEmpty,

    /// <summary>Left out when it is null; zero and empty values stay.</summary>
    OmitsNull,

    /// <summary>An object, empty when it is absent.</summary>
    AlwaysStruct,

    /// <summary>A scalar, zero when it is absent.</summary>
    AlwaysScalar,

    /// <summary>Null when it is absent.</summary>
    AlwaysNullable,

    /// <summary>An object, left out when it is empty.</summary>
    OmitsZeroStruct,
}
