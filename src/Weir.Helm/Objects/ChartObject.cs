using Weir.Values;

namespace Weir.Helm;

/// <summary><c>.Chart</c>: since Helm 4 a map whose keys are the names of Go's fields.</summary>
internal static class ChartObject
{
    public static MapValue Of(ChartInstance chart)
    {
        var metadata = chart.Source.Metadata;
        return new MapValue(19)
        {
            ["Name"] = chart.Name,
            ["Home"] = metadata.Home,
            ["Sources"] = Texts(metadata.Sources),
            ["Version"] = metadata.Version,
            ["Description"] = metadata.Description,
            ["Keywords"] = Texts(metadata.Keywords),
            ["Maintainers"] = new ListValue((metadata.Maintainers ?? []).Select(m => new MapValue { ["Name"] = m!.Name, ["Email"] = m.Email, ["URL"] = m.Url })),
            ["Icon"] = metadata.Icon,
            ["APIVersion"] = metadata.ApiVersion,
            ["Condition"] = metadata.Condition,
            ["Tags"] = metadata.Tags,
            ["AppVersion"] = metadata.AppVersion,
            ["Deprecated"] = metadata.Deprecated,
            ["Annotations"] = Annotations(metadata.Annotations),
            ["KubeVersion"] = metadata.KubeVersion,
            ["Dependencies"] = new ListValue((chart.Requirements ?? []).Select(Requirement)),
            ["Type"] = metadata.Type,
            ["IsRoot"] = chart.IsRoot,
        };
    }

    private static MapValue Requirement(DependencyInstance dependency) => new(8)
    {
        ["Name"] = dependency.Name,
        ["Version"] = dependency.Written.Version,
        ["Repository"] = dependency.Written.Repository,
        ["Condition"] = dependency.Written.Condition,
        ["Tags"] = Texts(dependency.Written.Tags),
        ["Enabled"] = dependency.Enabled,
        ["ImportValues"] = new ListValue((dependency.ImportValues ?? []).Select(v => v.DeepClone())),
        ["Alias"] = dependency.Written.Alias,
    };

    private static ListValue Texts(IReadOnlyList<string>? texts) => new((texts ?? []).Select(t => (Value)new StringValue(t)));

    private static MapValue Annotations(IReadOnlyDictionary<string, string>? annotations)
    {
        var map = new MapValue(annotations?.Count ?? 0) { ElementType = ElementType.String };
        foreach (var (key, value) in annotations ?? new Dictionary<string, string>())
        {
            map[key] = value;
        }

        return map;
    }
}
