using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Semantic versions.</summary>
internal static class SemverFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("semver", "func(string) (*semver.Version, error)", static (c, a) =>
            SemanticVersion.TryParse(a.String(0), out var version, out var error) ? new VersionObject(version) : c.Fail(error)),
        new("semverCompare", "func(string, string) (bool, error)", Compare),
    ]);

    private static Value? Compare(CallContext context, Arguments arguments)
    {
        if (!VersionConstraint.TryParse(arguments.String(0), out var constraint, out var error)
            || !SemanticVersion.TryParse(arguments.String(1), out var version, out error))
        {
            return context.Fail(error);
        }

        return constraint.Check(version);
    }
}
