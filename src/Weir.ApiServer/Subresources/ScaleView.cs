using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Subresources;

/// <summary>Shows the replicas of an object as a <c>Scale</c>, and puts a changed number back.</summary>
internal sealed class ScaleView
{
    private readonly string[] _spec;
    private readonly string[] _status;
    private readonly string[]? _selector;

    private ScaleView(string[] spec, string[] status, string[]? selector)
    {
        _spec = spec;
        _status = status;
        _selector = selector;
    }

    public static ScaleView For(ServedResource resource) => resource.Custom?.Scale is { } scale
        ? new(Path(scale.GetString("specReplicasPath")) ?? [], Path(scale.GetString("statusReplicasPath")) ?? [], Path(scale.GetString("labelSelectorPath")))
        : new(["spec", "replicas"], ["status", "replicas"], null);

    /// <summary>The path of the number of replicas in the object.</summary>
    public IReadOnlyList<string> SpecPath => _spec;

    public MapValue Show(MapValue value)
    {
        var metadata = value.GetMap("metadata")!;
        var shown = new MapValue();
        foreach (var key in (ReadOnlySpan<string>)["name", "namespace", "uid", "resourceVersion", "creationTimestamp"])
        {
            if (metadata.TryGetValue(key, out var item))
            {
                shown[key] = item;
            }
        }

        var spec = new MapValue();
        if (value.At(_spec) is IntValue replicas)
        {
            spec["replicas"] = replicas;
        }

        var status = new MapValue { ["replicas"] = value.At(_status) is IntValue current ? current : 0 };
        var selector = _selector is null ? Selector(value.At("spec", "selector") as MapValue) : (value.At(_selector) as StringValue)?.Value ?? "";
        if (selector.Length > 0)
        {
            status["selector"] = selector;
        }

        return new MapValue
        {
            ["kind"] = "Scale",
            ["apiVersion"] = "autoscaling/v1",
            ["metadata"] = shown,
            ["spec"] = spec,
            ["status"] = status,
        };
    }

    /// <summary>Sets the replicas of the object.</summary>
    public void Put(MapValue value, long replicas)
    {
        var map = value;
        for (var i = 0; i < _spec.Length - 1; i++)
        {
            map = map.GetOrAddMap(_spec[i]);
        }

        map[_spec[^1]] = replicas;
    }

    private static string[]? Path(string? jsonPath) => jsonPath?.Split('.', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A label selector in the form of query strings.</summary>
    private static string Selector(MapValue? selector)
    {
        if (selector is null)
        {
            return "";
        }

        if (!selector.ContainsKey("matchLabels") && !selector.ContainsKey("matchExpressions"))
        {
            return string.Join(",", selector.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}"));
        }

        var terms = new List<(string Key, string Text)>();
        foreach (var (key, value) in selector.GetMap("matchLabels") ?? new MapValue())
        {
            terms.Add((key, $"{key}={value}"));
        }

        foreach (var item in selector.GetList("matchExpressions") ?? [])
        {
            if (item is not MapValue expression || expression.GetString("key") is not { } key)
            {
                continue;
            }

            var values = string.Join(",", (expression.GetList("values") ?? []).Select(v => v.ToString()).Order(StringComparer.Ordinal));
            terms.Add((key, expression.GetString("operator") switch
            {
                "In" => $"{key} in ({values})",
                "NotIn" => $"{key} notin ({values})",
                "DoesNotExist" => $"!{key}",
                _ => key,
            }));
        }

        return string.Join(",", terms.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Text));
    }
}
