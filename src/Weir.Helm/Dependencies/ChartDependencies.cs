using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Works out which subcharts a release has and what values they hand up: aliases, tags, conditions and
/// <c>import-values</c>, as Helm 4.2.4's <c>dependencies.go</c>.
/// </summary>
internal sealed class ChartDependencies
{
    private readonly List<Diagnostic> _diagnostics;

    private ChartDependencies(List<Diagnostic> diagnostics) => _diagnostics = diagnostics;

    /// <summary>Changes the instance so that it has the charts and default values which these values ask for.</summary>
    public static void Process(ChartInstance chart, MapValue values, List<Diagnostic> diagnostics)
    {
        var work = new ChartDependencies(diagnostics);
        work.DropDisabled(chart, values, "");
        if (!diagnostics.Exists(d => d.Severity == Severity.Error))
        {
            work.ImportBottomUp(chart);
        }
    }

    /// <summary>Gives the instance every chart that its entries can ask for, under their aliases, whatever the values say.</summary>
    public static void TakeAll(ChartInstance chart)
    {
        if (chart.Requirements is { } requirements)
        {
            chart.SetDependencies(Choose(chart, requirements));
        }

        foreach (var child in chart.Dependencies)
        {
            TakeAll(child);
        }
    }

    /// <summary>The names of entries in <c>Chart.yaml</c> for which <c>charts/</c> holds nothing.</summary>
    public static IReadOnlyList<string> Missing(Chart chart) =>
        [.. (chart.Metadata.Dependencies ?? []).Select(d => d!.Name).Where(name => chart.Dependencies.All(c => c.Name != name))];

    /// <summary>Whether a version lies in a range; false when either cannot be read.</summary>
    public static bool IsCompatible(string range, string version) =>
        SemanticVersion.TryParse(version, out var parsed) && VersionConstraint.TryParse(range, out var constraint) && constraint.Check(parsed);

    private void DropDisabled(ChartInstance chart, MapValue values, string path)
    {
        if (chart.Requirements is not { } requirements)
        {
            return;
        }

        chart.SetDependencies(Choose(chart, requirements));
        foreach (var requirement in requirements)
        {
            requirement.Enabled = true;
        }

        var coalesced = ValuesCoalescing.Coalesce(chart, values, _diagnostics);
        if (_diagnostics.Exists(d => d.Severity == Severity.Error))
        {
            return;
        }

        ApplyTags(requirements, coalesced);
        ApplyConditions(requirements, coalesced, path);
        var removed = requirements.Where(r => !r.Enabled).Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var kept = chart.Dependencies.FindAll(d => !removed.Contains(d.Name));
        foreach (var child in kept)
        {
            DropDisabled(child, coalesced, $"{path}{child.Name}.");
        }

        requirements.RemoveAll(r => removed.Contains(r.Name));
        chart.Requirements = requirements.Count == 0 ? null : requirements;
        chart.SetDependencies(kept);
    }

    /// <summary>The charts that no entry asks for, then one for each entry: its own copy, under the alias if it has one.</summary>
    private static List<ChartInstance> Choose(ChartInstance chart, List<DependencyInstance> requirements)
    {
        var present = chart.Dependencies;
        var chosen = present.FindAll(c => !requirements.Exists(r => IsFor(r, c)));
        foreach (var requirement in requirements)
        {
            if (present.Find(c => IsFor(requirement, c)) is { } found)
            {
                chosen.Add(found.CopyAs(requirement.Written.Alias.Length > 0 ? requirement.Written.Alias : found.Name));
            }

            if (requirement.Written.Alias.Length > 0)
            {
                requirement.Name = requirement.Written.Alias;
            }
        }

        return chosen;
    }

    private static bool IsFor(DependencyInstance requirement, ChartInstance chart) =>
        requirement.Name == chart.Name && IsCompatible(requirement.Written.Version, chart.Source.Metadata.Version);

    private void ApplyTags(List<DependencyInstance> requirements, MapValue values)
    {
        if (values["tags"] is not MapValue tags)
        {
            return;
        }

        foreach (var requirement in requirements)
        {
            var (hasTrue, hasFalse) = (false, false);
            foreach (var name in requirement.Written.Tags ?? [])
            {
                switch (tags[name])
                {
                    case BoolValue flag:
                        hasTrue |= flag.Value;
                        hasFalse |= !flag.Value;
                        break;
                    case not null:
                        Warn($"returned non-bool value for tag {name} of chart {requirement.Name}", tags.KeySpan(name));
                        break;
                }
            }

            requirement.Enabled = hasTrue || !hasFalse;
        }
    }

    private void ApplyConditions(List<DependencyInstance> requirements, MapValue values, string path)
    {
        foreach (var requirement in requirements)
        {
            foreach (var condition in requirement.Written.Condition.Trim().Split(','))
            {
                if (condition.Length == 0 || ValuesPath.Scalar(values, path + condition) is not { } value)
                {
                    continue;
                }

                if (value is BoolValue flag)
                {
                    requirement.Enabled = flag.Value;
                    break;
                }

                Warn($"returned non-bool value for condition {condition} of chart {requirement.Name}", value.Span);
            }
        }
    }

    private void ImportBottomUp(ChartInstance chart)
    {
        foreach (var child in chart.Dependencies)
        {
            ImportBottomUp(child);
        }

        if (chart.Requirements is { } requirements)
        {
            Import(chart, requirements);
        }
    }

    private void Import(ChartInstance chart, List<DependencyInstance> requirements)
    {
        var values = ValuesCoalescing.Merge(chart, new MapValue(), _diagnostics);
        var imported = new MapValue();
        foreach (var requirement in requirements)
        {
            if (requirement.ImportValues is not { } imports)
            {
                continue;
            }

            var written = new List<Value>(imports.Count);
            foreach (var import in imports)
            {
                var (child, parent) = import switch
                {
                    MapValue map => (Text(map["child"]), Text(map["parent"])),
                    StringValue name => ("exports." + name.Value, "."),
                    _ => (null, null),
                };
                if (child is null || parent is null)
                {
                    continue;
                }

                written.Add(new MapValue { ElementType = ElementType.String, ["child"] = child, ["parent"] = parent });
                if (ValuesPath.Table(values, $"{requirement.Name}.{child}") is not { } table)
                {
                    Warn($"ImportValues missing table from chart {requirement.Name}: {child}", import.Span);
                    continue;
                }

                ValuesCoalescing.MergeTables(imported, Nest(parent, table), _diagnostics);
            }

            requirement.ImportValues = written;
        }

        // What the parent says itself wins over what it imports.
        chart.Values = ValuesCoalescing.MergeTables(values.DeepClone(), imported, _diagnostics);
    }

    private static MapValue Nest(string path, MapValue table)
    {
        if (path == ".")
        {
            return table;
        }

        var nested = table;
        foreach (var key in path.Split('.').Reverse())
        {
            nested = new MapValue { [key] = nested };
        }

        return nested;
    }

    private static string Text(Value? value) => value switch
    {
        null or NullValue => "<nil>",
        _ => value.ToString()!,
    };

    private void Warn(string message, SourceSpan span) => _diagnostics.Add(Diagnostic.Warning("helm-dependencies", message, span));
}
