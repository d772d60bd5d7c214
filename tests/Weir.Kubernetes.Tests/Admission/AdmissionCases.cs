using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Tests.Admission;

/// <summary>Policies and requests for the tests of admission.</summary>
internal static class AdmissionCases
{
    public static MapValue Yaml(string text) => (MapValue)YamlReader.Read(Encoding.UTF8.GetBytes(text), new YamlReadOptions()).Result!;

    public static AdmissionRequest Create(MapValue value, string user = "jane") => new()
    {
        Operation = "CREATE",
        Kind = value.GroupVersionKind(),
        Resource = value.GetString("kind")!.ToLowerInvariant() + "s",
        Name = value.Name(),
        Namespace = "dev",
        User = new(user, "", ["system:authenticated"], new Dictionary<string, IReadOnlyList<string>>()),
        Object = value,
    };

    public static (AdmissionPolicy Policy, IReadOnlyList<AdmissionBinding> Bindings) Bound(string spec, string binding = "validationActions: [Deny]")
    {
        var policy = Yaml(spec);
        policy["metadata"] = new MapValue { ["name"] = "p" };
        var text = $"metadata: {{name: b}}\nspec:\n  policyName: p\n  {binding.Replace("\n", "\n  ", StringComparison.Ordinal)}\n";
        return (AdmissionPolicy.Read(policy), [AdmissionBinding.Read(Yaml(text))]);
    }
}
