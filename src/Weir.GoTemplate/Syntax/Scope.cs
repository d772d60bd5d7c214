namespace Weir.GoTemplate.Syntax;

/// <summary>
/// The variables of one template while it is parsed. Each declaration gets a slot. Go checks names against everything
/// declared since the enclosing block began, its other branch included, yet finds at run time only what that branch
/// declared: a name that is known but not visible has no slot.
/// </summary>
internal sealed class Scope
{
    private readonly List<(string Name, int Slot)> _visible = [("$", 0)];
    private readonly List<string> _known = ["$"];

    public int SlotCount { get; private set; } = 1;

    /// <summary>Where names end that are known now; for <see cref="ForgetKnown"/>.</summary>
    public int KnownCount => _known.Count;

    /// <summary>Where variables end that are visible now; for <see cref="Hide"/>.</summary>
    public int VisibleCount => _visible.Count;

    public VariableTarget Declare(string name)
    {
        var slot = SlotCount++;
        _visible.Add((name, slot));
        _known.Add(name);
        return new VariableTarget(name, slot);
    }

    /// <summary>The variable of this name; its slot is below 0 when no visible declaration has it.</summary>
    public VariableTarget Find(string name)
    {
        for (var i = _visible.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_visible[i].Name, name, StringComparison.Ordinal))
            {
                return new VariableTarget(name, _visible[i].Slot);
            }
        }

        return new VariableTarget(name, -1);
    }

    public bool Knows(string name) => _known.Contains(name);

    /// <summary>Go counts even an assigned name as known from there on.</summary>
    public void MarkKnown(string name) => _known.Add(name);

    public void ForgetKnown(int count) => _known.RemoveRange(count, _known.Count - count);

    public void Hide(int count) => _visible.RemoveRange(count, _visible.Count - count);
}
