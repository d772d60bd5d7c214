namespace Weir.Values;

/// <summary>One comparison of a version constraint, such as <c>&gt;= 1.2</c> or <c>~1.x</c>.</summary>
internal sealed class ConstraintClause
{
    private enum Wildcard
    {
        None,
        Major,
        Minor,
        Patch,
    }

    private readonly string _operator;
    private readonly string _written;
    private readonly SemanticVersion _bound;
    private readonly Wildcard _wildcard;

    private ConstraintClause(string @operator, string written, SemanticVersion bound, Wildcard wildcard)
    {
        _operator = @operator;
        _written = written;
        _bound = bound;
        _wildcard = wildcard;
    }

    public bool MentionsPrerelease => _bound.IsPrerelease;

    private bool IsOpen => _wildcard != Wildcard.None;

    private bool MinorIsOpen => _wildcard == Wildcard.Minor;

    private bool PatchIsOpen => _wildcard == Wildcard.Patch;

    /// <summary>A clause, or <see langword="null"/> when a number is none (<c>1x.2</c>).</summary>
    public static ConstraintClause? Create(string @operator, ConstraintVersionText version)
    {
        var (text, wildcard) = version switch
        {
            _ when IsWildcard(version.Major) => ($"0.0.0{version.Prerelease}", Wildcard.Major),
            _ when IsWildcard(version.Minor) => ($"{version.Major}.0.0{version.Prerelease}", Wildcard.Minor),
            _ when IsWildcard(version.Patch) => ($"{version.Major}.{version.Minor}.0{version.Prerelease}", Wildcard.Patch),
            _ => (version.Text, Wildcard.None),
        };
        return SemanticVersion.TryParse(text, out var bound) ? new ConstraintClause(@operator, version.Text, bound, wildcard) : null;
    }

    public override string ToString() => _operator + _written;

    /// <summary>Why the version does not fit, or <see langword="null"/> when it does.</summary>
    public string? Mismatch(SemanticVersion version, bool includePrerelease)
    {
        if (version.IsPrerelease && !includePrerelease)
        {
            return PrereleaseMismatch(version);
        }

        return _operator switch
        {
            "" or "=" => IsOpen ? Tilde(version) : Unless(version == _bound, version, "is not equal to"),
            "!=" => NotEqual(version),
            ">" => GreaterThan(version),
            "<" => Unless(version < _bound, version, "is greater than or equal to"),
            ">=" or "=>" => Unless(version >= _bound, version, "is less than"),
            "<=" or "=<" => LessThanOrEqual(version),
            "~" or "~>" => Tilde(version),
            _ => Caret(version),
        };
    }

    internal static string PrereleaseMismatch(SemanticVersion version) =>
        $"\"{version}\" is a prerelease version and the constraint is only looking for release versions";

    private static bool IsWildcard(string segment) => segment is "" or "x" or "X" or "*";

    private string? Unless(bool fits, SemanticVersion version, string relation) => fits ? null : $"\"{version}\" {relation} \"{_written}\"";

    private string? NotEqual(SemanticVersion version)
    {
        const string Relation = "is equal to";
        if (!IsOpen)
        {
            return Unless(version != _bound, version, Relation);
        }

        if (version.Major != _bound.Major || (version.Minor != _bound.Minor && !MinorIsOpen))
        {
            return null;
        }

        return _wildcard switch
        {
            Wildcard.Minor => Unless(false, version, Relation),
            Wildcard.Patch => Unless(SemanticVersion.ComparePrerelease(version.Prerelease, _bound.Prerelease) != 0, version, Relation),
            _ => Unless(version.Patch != _bound.Patch || version != _bound, version, Relation),
        };
    }

    private string? GreaterThan(SemanticVersion version)
    {
        const string Relation = "is less than or equal to";
        if (!IsOpen)
        {
            return Unless(version > _bound, version, Relation);
        }

        if (version.Major != _bound.Major)
        {
            return Unless(version.Major > _bound.Major, version, Relation);
        }

        // >11 starts at 12 and >11.1 at 11.2.
        return _wildcard switch
        {
            Wildcard.Minor => Unless(false, version, Relation),
            Wildcard.Patch => Unless(version.Minor > _bound.Minor, version, Relation),
            _ => Unless(version > _bound, version, Relation),
        };
    }

    private string? LessThanOrEqual(SemanticVersion version)
    {
        const string Relation = "is greater than";
        if (!IsOpen)
        {
            return Unless(version <= _bound, version, Relation);
        }

        var above = version.Major > _bound.Major
            || (version.Major == _bound.Major && version.Minor > _bound.Minor && !MinorIsOpen);
        return Unless(!above, version, Relation);
    }

    private string? Tilde(SemanticVersion version)
    {
        if (version < _bound)
        {
            return Unless(false, version, "is less than");
        }

        // ~0.0.0 and ~* take everything.
        if (_bound is { Major: 0, Minor: 0, Patch: 0 } && !MinorIsOpen && !PatchIsOpen)
        {
            return null;
        }

        return Unless(version.Major == _bound.Major, version, "does not have same major version as")
            ?? Unless(version.Minor == _bound.Minor || MinorIsOpen, version, "does not have same major and minor version as");
    }

    private string? Caret(SemanticVersion version)
    {
        if (version < _bound)
        {
            return Unless(false, version, "is less than");
        }

        if (_bound.Major > 0 || MinorIsOpen || version.Major > 0)
        {
            return Unless(version.Major == _bound.Major, version, "does not have same major version as");
        }

        if (_bound.Minor > 0 || PatchIsOpen)
        {
            return version.Minor == _bound.Minor
                ? null
                : $"\"{version}\" does not have same minor version as \"{_written}\". Expected minor versions to match when constraint major version is 0";
        }

        if (version.Minor > 0)
        {
            return Unless(false, version, "does not have same minor version as");
        }

        return version.Patch == _bound.Patch
            ? null
            : $"\"{version}\" does not equal \"{_written}\". Expect version and constraint to equal when major and minor versions are 0";
    }
}
