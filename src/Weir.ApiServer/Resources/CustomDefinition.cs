using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>What the server takes from a CustomResourceDefinition for one of its versions.</summary>
internal sealed record CustomDefinition
{
    /// <summary>The name of the definition: <c>widgets.example.com</c>.</summary>
    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>The version's part of the definition.</summary>
    public required MapValue Version { get; init; }

    /// <summary>Counts the changes of the definition: objects stored under an older one are defaulted again when they are read.</summary>
    public required long Generation { get; init; }

    /// <summary>What clients of a deprecated version are told; absent otherwise.</summary>
    public string? DeprecationWarning { get; init; }

    /// <summary>The columns of its tables.</summary>
    public IReadOnlyList<Tables.TableColumn> Columns => field ??= Tables.CustomColumns.Read(Version);

    public bool HasStatus => Version.GetMap("subresources")?.ContainsKey("status") ?? false;

    public MapValue? Scale => Version.GetMap("subresources")?.GetMap("scale");

    /// <summary>The definition is being deleted: no object may be created.</summary>
    public bool IsTerminating { get; init; }
}
