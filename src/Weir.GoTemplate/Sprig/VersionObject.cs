using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Go's <c>*semver.Version</c> with the methods that templates call.</summary>
internal sealed class VersionObject(SemanticVersion version) : GoObject
{
    private static readonly ReflectType VersionType = ReflectType.PointerTo(ReflectType.Named("semver.Version", ReflectKind.Struct));

    public SemanticVersion Version { get; } = version;

    public override ReflectType Type => VersionType;

    public override TemplateFunction? GetMethod(string name) => name switch
    {
        "Major" => Number(name, Version.Major),
        "Minor" => Number(name, Version.Minor),
        "Patch" => Number(name, Version.Patch),
        "Prerelease" => Text(name, Version.Prerelease),
        "Metadata" => Text(name, Version.Metadata),
        "Original" => Text(name, Version.Original),
        "String" => Text(name, Version.ToString()),
        "Compare" => new(name, "func(*semver.Version) int", (_, a) => GoValue.Int(Version.CompareTo(Other(a)))),
        "Equal" => Comparison(name, order => order == 0),
        "GreaterThan" => Comparison(name, order => order > 0),
        "GreaterThanEqual" => Comparison(name, order => order >= 0),
        "LessThan" => Comparison(name, order => order < 0),
        "LessThanEqual" => Comparison(name, order => order <= 0),
        "IncMajor" => Next(name, v => new SemanticVersion(v.Major + 1, 0, 0)),
        "IncMinor" => Next(name, v => new SemanticVersion(v.Major, v.Minor + 1, 0)),
        "IncPatch" => Next(name, v => new SemanticVersion(v.Major, v.Minor, v.IsPrerelease ? v.Patch : v.Patch + 1)),
        _ => null,
    };

    public override string ToText() => Version.ToString();

    public override Value ToPlain() => Version.ToString();

    public override bool Equals(Value? other) => other is VersionObject v && v.Version.Original == Version.Original;

    public override int GetHashCode() => Version.GetHashCode();

    private static SemanticVersion? Other(Arguments arguments) => (arguments[0] as VersionObject)?.Version;

    private static TemplateFunction Number(string name, ulong number) => new(name, "func() uint64", (_, _) => IntValue.FromUnsigned(number));

    private static TemplateFunction Text(string name, string text) => new(name, "func() string", (_, _) => text);

    private TemplateFunction Comparison(string name, Func<int, bool> holds) =>
        new(name, "func(*semver.Version) bool", (_, a) => holds(Version.CompareTo(Other(a))));

    private TemplateFunction Next(string name, Func<SemanticVersion, SemanticVersion> next) =>
        new(name, "func() *semver.Version", (_, _) => new VersionObject(next(Version)));
}
