using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Lifecycle;

/// <summary>Which definition of a group owns which names; the older one keeps them.</summary>
internal sealed class AcceptedNames
{
    private readonly Dictionary<(string Group, string Name), string> _resources = [];
    private readonly Dictionary<(string Group, string Kind), string> _kinds = [];

    /// <param name="definitions">From the oldest to the newest.</param>
    public AcceptedNames(IEnumerable<MapValue> definitions)
    {
        foreach (var definition in definitions)
        {
            var (group, owner, names) = Read(definition);
            foreach (var name in ResourceNames(names))
            {
                _resources.TryAdd((group, name), owner);
            }

            foreach (var kind in Kinds(names))
            {
                _kinds.TryAdd((group, kind), owner);
            }
        }
    }

    /// <summary>Why a definition may not have its names, or <see langword="null"/>.</summary>
    public (string Reason, string Message)? Conflict(MapValue definition)
    {
        var (group, owner, names) = Read(definition);
        var plural = names.GetString("plural") ?? "";
        if (IsTaken(_resources, group, plural, owner))
        {
            return ("PluralConflict", $"\"{plural}\" is already in use");
        }

        var singular = names.GetString("singular") ?? "";
        if (IsTaken(_resources, group, singular, owner))
        {
            return ("SingularConflict", $"\"{singular}\" is already in use");
        }

        foreach (var shortName in names.GetList("shortNames") ?? [])
        {
            if (shortName is StringValue { Value: var text } && IsTaken(_resources, group, text, owner))
            {
                return ("ShortNamesConflict", $"\"{text}\" is already in use");
            }
        }

        var kind = names.GetString("kind") ?? "";
        if (IsTaken(_kinds, group, kind, owner))
        {
            return ("KindConflict", $"\"{kind}\" is already in use");
        }

        var listKind = names.GetString("listKind") ?? "";
        return IsTaken(_kinds, group, listKind, owner) ? ("ListKindConflict", $"\"{listKind}\" is already in use") : null;
    }

    private static bool IsTaken(Dictionary<(string, string), string> names, string group, string name, string owner) =>
        names.TryGetValue((group, name), out var other) && other != owner;

    private static (string Group, string Owner, MapValue Names) Read(MapValue definition) => (
        definition.GetMap("spec")?.GetString("group") ?? "",
        definition.GetMap("metadata")?.GetString("name") ?? "",
        CustomDefinitions.DefaultedNames(definition));

    private static IEnumerable<string> ResourceNames(MapValue names)
    {
        yield return names.GetString("plural") ?? "";
        yield return names.GetString("singular") ?? "";
        foreach (var name in names.GetList("shortNames") ?? [])
        {
            if (name is StringValue text)
            {
                yield return text.Value;
            }
        }
    }

    private static IEnumerable<string> Kinds(MapValue names) => [names.GetString("kind") ?? "", names.GetString("listKind") ?? ""];
}
