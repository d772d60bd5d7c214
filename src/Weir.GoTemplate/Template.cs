using Weir.GoTemplate.Syntax;

namespace Weir.GoTemplate;

/// <summary>One parsed template. It belongs to no set: names inside it are looked up in the set that executes it.</summary>
public sealed class Template
{
    internal Template(string name, ParsedText source, StatementList root, int slotCount)
    {
        Name = name;
        Source = source;
        Root = root;
        SlotCount = slotCount;
    }

    public string Name { get; }

    /// <summary>The name under which the text was parsed that holds this template.</summary>
    public string ParseName => Source.Name;

    /// <summary>True when it holds nothing but space and comments: then it never replaces another.</summary>
    public bool IsEmpty => Root.IsEmpty;

    internal ParsedText Source { get; }

    internal StatementList Root { get; }

    /// <summary>How many variables it has, <c>$</c> included.</summary>
    internal int SlotCount { get; }
}
