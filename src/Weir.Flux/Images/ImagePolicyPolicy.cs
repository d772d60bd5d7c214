using Weir.Values;

namespace Weir.Flux;

/// <summary>How the newest image is chosen.</summary>
public sealed record ImagePolicyPolicy
{
    /// <summary>Compare tags as text.</summary>
    public ImagePolicyAlphabetical? Alphabetical { get; init; }

    /// <summary>Compare tags as numbers.</summary>
    public ImagePolicyNumerical? Numerical { get; init; }

    /// <summary>Compare tags as versions.</summary>
    public ImagePolicySemver? Semver { get; init; }

    internal static ImagePolicyPolicy ReadFields(FieldReader f) => new()
    {
        Alphabetical = f.Object("alphabetical", "Compare tags as text.", ImagePolicyAlphabetical.ReadFields),
        Numerical = f.Object("numerical", "Compare tags as numbers.", ImagePolicyNumerical.ReadFields),
        Semver = f.Object("semver", "Compare tags as versions.", ImagePolicySemver.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("alphabetical", Alphabetical?.WriteFields())
        .Add("numerical", Numerical?.WriteFields())
        .Add("semver", Semver?.WriteFields())
        .Map;
}
