namespace Weir.Controllers;

/// <summary>The namespace and name of an object of a known kind.</summary>
public readonly record struct ObjectName(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
