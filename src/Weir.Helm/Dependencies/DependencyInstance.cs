using Weir.Values;

namespace Weir.Helm;

/// <summary>An entry of <c>dependencies</c> while one release is worked out.</summary>
internal sealed class DependencyInstance(ChartDependency written)
{
    public ChartDependency Written { get; } = written;

    /// <summary>The name, which gives way to the alias once the chart is found.</summary>
    public string Name { get; set; } = written.Name;

    public bool Enabled { get; set; } = written.Enabled;

    /// <summary>What is imported, in the long form once it was imported.</summary>
    public IReadOnlyList<Value>? ImportValues { get; set; } = written.ImportValues;

    public DependencyInstance Copy() => new(Written) { Name = Name, Enabled = Enabled, ImportValues = ImportValues };
}
