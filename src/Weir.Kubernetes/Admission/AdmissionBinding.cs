using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Where a policy applies, and what becomes of objects that it does not admit.</summary>
public sealed class AdmissionBinding
{
    private AdmissionBinding(MapValue value)
    {
        var spec = value.GetMap("spec") ?? [];
        Name = value.GetMap("metadata")?.GetString("name") ?? "";
        PolicyName = spec.GetString("policyName") ?? "";
        Matching = spec.GetMap("matchResources") is { } resources ? new AdmissionMatching(resources) : null;
        Parameter = spec.GetMap("paramRef");
        Actions = [.. (spec.GetList("validationActions") ?? []).OfType<StringValue>().Select(a => a.Value)];
    }

    public string Name { get; }

    public string PolicyName { get; }

    internal AdmissionMatching? Matching { get; }

    /// <summary>The <c>paramRef</c>, or <see langword="null"/>.</summary>
    internal MapValue? Parameter { get; }

    internal IReadOnlyList<string> Actions { get; }

    public static AdmissionBinding Read(MapValue value) => new(value);
}
