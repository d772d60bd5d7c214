using Weir.Flux;

namespace Weir.Controllers;

/// <summary>Refuses what the schema cannot: aliases and names that stand twice, aliases that are not there, foreign namespaces.</summary>
internal static class ValidateGenerator
{
    public static void Run(ArtifactGenerator generator, bool blocksCrossNamespace)
    {
        var aliases = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in generator.Spec.Sources ?? [])
        {
            if (!aliases.Add(source.Alias))
            {
                throw Invalid($"duplicate source alias '{source.Alias}' found");
            }

            if (blocksCrossNamespace && source.Namespace is { Length: > 0 } space && space != generator.Metadata.Namespace)
            {
                throw new ArtifactGeneratorException(
                    Reasons.AccessDenied, $"cross-namespace reference to source {source.Kind}/{space}/{source.Name} is not allowed", stalls: true);
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in generator.Spec.Artifacts ?? [])
        {
            if (!names.Add(output.Name))
            {
                throw Invalid($"duplicate artifact name '{output.Name}' found");
            }

            foreach (var (alias, role) in new[] { (output.Revision, "revision"), (output.OriginRevision, "originRevision") })
            {
                if (!string.IsNullOrEmpty(alias) && !aliases.Contains(alias.TrimStart('@')))
                {
                    throw Invalid($"artifact {output.Name} {role} source alias '{alias.TrimStart('@')}' not found");
                }
            }
        }
    }

    private static ArtifactGeneratorException Invalid(string message) => new(ArtifactGeneratorReasons.ValidationFailed, message, stalls: true);
}
