using Weir.Cel.Data;

namespace Weir.Cel.Checking;

/// <summary>What the parameters of types stand for, as the check finds out.</summary>
internal sealed class TypeMapping
{
    private const int MaxSize = 4096;

    // Stands for a type that nothing can hold; the check refuses it for its size.
    private static readonly CelType TooLarge = CelType.Opaque("too large", [.. Enumerable.Repeat(CelType.Dyn, MaxSize)]);

    private readonly Dictionary<string, CelType> _types = new(StringComparer.Ordinal);

    // What parameters stood for before, to be put back when types turn out not to go together.
    private readonly List<(string Parameter, CelType? Before)> _changes = [];

    /// <summary>Whether a value of the second type may stand where the first is wanted; then parameters keep what they were found to be.</summary>
    public bool IsAssignable(CelType wanted, CelType given) => Try(() => Unify(wanted, given));

    /// <summary>The same for lists of types, all at once.</summary>
    public bool AreAssignable(IReadOnlyList<CelType> wanted, IReadOnlyList<CelType> given) =>
        wanted.Count == given.Count && Try(() => UnifyAll(wanted, given));

    /// <summary>The type with what its parameters stand for; unknown ones stay, or become dyn.</summary>
    public CelType Substitute(CelType type, bool toDyn = false)
    {
        if (type.Kind == CelTypeKind.Parameter)
        {
            if (!_types.TryGetValue(type.Name, out var found))
            {
                return toDyn ? CelType.Dyn : type;
            }

            // What is found is kept: the next search is short.
            found = _types[type.Name] = Substitute(found);
            return toDyn ? Substitute(found, toDyn: true) : found;
        }

        if (type.Parameters.Count == 0)
        {
            return type;
        }

        var parameters = new CelType[type.Parameters.Count];
        var changed = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Substitute(type.Parameters[i], toDyn);
            changed |= !ReferenceEquals(parameters[i], type.Parameters[i]);
        }

        return !changed ? type
            : parameters.Sum(p => (long)p.Size) > MaxSize ? TooLarge
            : type.Kind switch
        {
            CelTypeKind.List => CelType.List(parameters[0]),
            CelTypeKind.Map => CelType.Map(parameters[0], parameters[1]),
            CelTypeKind.Type => CelType.TypeOf(parameters[0]),
            _ => CelType.Opaque(type.Name, parameters),
        };
    }

    /// <summary>The more general of two types that go together.</summary>
    public static CelType MostGeneral(CelType left, CelType right) => IsEqualOrLessSpecific(left, right) ? left : right;

    private bool Try(Func<bool> unify)
    {
        _changes.Clear();
        if (unify())
        {
            return true;
        }

        for (var i = _changes.Count - 1; i >= 0; i--)
        {
            var (parameter, before) = _changes[i];
            if (before is null)
            {
                _types.Remove(parameter);
            }
            else
            {
                _types[parameter] = before;
            }
        }

        return false;
    }

    private void Set(string parameter, CelType type)
    {
        _changes.Add((parameter, _types.GetValueOrDefault(parameter)));
        _types[parameter] = type;
    }

    private bool UnifyAll(IReadOnlyList<CelType> left, IReadOnlyList<CelType> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!Unify(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Unify(CelType left, CelType right)
    {
        if (!WorkLimit.Take())
        {
            return false;
        }

        if (right.Kind == CelTypeKind.Parameter)
        {
            var (isValid, isKnown) = StandsFor(left, right);
            if (isValid || isKnown)
            {
                return isValid;
            }
        }

        if (left.Kind == CelTypeKind.Parameter)
        {
            return StandsFor(right, left).IsValid;
        }

        if (left.IsDynOrError || right.IsDynOrError)
        {
            return true;
        }

        if (left.Kind == CelTypeKind.Null || right.Kind == CelTypeKind.Null)
        {
            var other = left.Kind == CelTypeKind.Null ? right : left;
            return other.Kind is CelTypeKind.Null or CelTypeKind.Opaque or CelTypeKind.Object or CelTypeKind.Duration or CelTypeKind.Timestamp;
        }

        return left.Kind switch
        {
            CelTypeKind.Type => right.Kind == CelTypeKind.Type,
            CelTypeKind.List or CelTypeKind.Map or CelTypeKind.Opaque =>
                left.Kind == right.Kind && left.Name == right.Name && UnifyAll(left.Parameters, right.Parameters),
            _ => left.Equals(right),
        };
    }

    /// <summary>Whether a parameter may stand for a type, and whether it stood for one before.</summary>
    private (bool IsValid, bool IsKnown) StandsFor(CelType type, CelType parameter)
    {
        if (type.Kind == CelTypeKind.Parameter && type.Name == parameter.Name)
        {
            return (true, true);
        }

        if (_types.TryGetValue(parameter.Name, out var known))
        {
            if (type.Equals(known))
            {
                return (true, true);
            }

            if (!Unify(type, known))
            {
                return (false, true);
            }

            var general = MostGeneral(type, known);
            if (!Occurs(parameter, general))
            {
                Set(parameter.Name, general);
            }

            return (true, true);
        }

        if (Occurs(parameter, type))
        {
            return (false, false);
        }

        Set(parameter.Name, type);
        return (true, false);
    }

    private bool Occurs(CelType parameter, CelType within)
    {
        if (!WorkLimit.Take())
        {
            return true;
        }

        if (within.Kind == CelTypeKind.Parameter)
        {
            return within.Name == parameter.Name || (_types.TryGetValue(within.Name, out var known) && Occurs(parameter, known));
        }

        foreach (var part in within.Parameters)
        {
            if (Occurs(parameter, part))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEqualOrLessSpecific(CelType left, CelType right)
    {
        if (left.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter)
        {
            return true;
        }

        if (right.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter || left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case CelTypeKind.Opaque when left.Name != right.Name || left.Parameters.Count != right.Parameters.Count:
                return false;
            case CelTypeKind.Opaque or CelTypeKind.List or CelTypeKind.Map:
                for (var i = 0; i < left.Parameters.Count; i++)
                {
                    if (!IsEqualOrLessSpecific(left.Parameters[i], right.Parameters[i]))
                    {
                        return false;
                    }
                }

                return true;
            case CelTypeKind.Type:
                return true;
            default:
                return left.Equals(right);
        }
    }
}
