using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// A chart as one release uses it: a copy whose name, values and dependencies may change while aliases, conditions and
/// imported values are worked out. The chart it came from stays as it is.
/// </summary>
internal sealed class ChartInstance
{
    private ChartInstance(Chart source)
    {
        Source = source;
        Name = source.Name;
        Values = source.Values;
    }

    public Chart Source { get; }

    /// <summary>The chart's name, or the alias it is used under.</summary>
    public string Name { get; set; }

    /// <summary>The default values. They are replaced, never changed.</summary>
    public MapValue Values { get; set; }

    /// <summary>The entries of <c>Chart.yaml</c>; <see langword="null"/> when there are none.</summary>
    public List<DependencyInstance>? Requirements { get; set; }

    public ChartInstance? Parent { get; private set; }

    public List<ChartInstance> Dependencies { get; private set; } = [];

    public bool IsRoot => Parent is null;

    /// <summary>Where the chart's templates appear to stand: <c>root/charts/child</c>.</summary>
    public string FullPath => Parent is null ? Name : $"{Parent.FullPath}/charts/{Name}";

    public static ChartInstance Of(Chart chart)
    {
        var instance = new ChartInstance(chart)
        {
            Requirements = chart.Metadata.Dependencies is { } written ? [.. written.Select(d => new DependencyInstance(d!))] : null,
        };
        instance.SetDependencies([.. chart.Dependencies.Select(Of)]);
        return instance;
    }

    public void SetDependencies(List<ChartInstance> dependencies)
    {
        Dependencies = dependencies;
        foreach (var dependency in dependencies)
        {
            dependency.Parent = this;
        }
    }

    /// <summary>A copy under another name; the charts below are copied too, so that two aliases do not disturb each other.</summary>
    public ChartInstance CopyAs(string name)
    {
        var copy = new ChartInstance(Source)
        {
            Name = name,
            Values = Values,
            Requirements = Requirements is null ? null : [.. Requirements.Select(r => r.Copy())],
        };
        copy.SetDependencies([.. Dependencies.Select(d => d.CopyAs(d.Name))]);
        return copy;
    }
}
