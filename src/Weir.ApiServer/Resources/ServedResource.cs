using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>A resource as one of its versions serves it.</summary>
internal sealed record ServedResource
{
    public required ResourceType Type { get; init; }

    public required Schema Schema { get; init; }

    /// <summary>Where the objects are; shared by all versions.</summary>
    public required ResourceTable Table { get; init; }

    /// <summary>The kind that objects are stored as.</summary>
    public required GroupVersionKind StorageKind { get; init; }

    /// <summary>The schema of the version that objects are stored in; absent when it is this one.</summary>
    public Schema? StorageSchema { get; init; }

    /// <summary>The definition of a custom resource; absent for built-in ones.</summary>
    public CustomDefinition? Custom { get; init; }

    public bool IsCustom => Custom is not null;

    public bool IsStorageVersion => StorageKind.Group == Type.Group && StorageKind.Version == Type.Version;

    /// <summary>How stored objects look here.</summary>
    public ObjectView View => field ??= new ObjectView(this);

    /// <summary>The status of a new built-in object; absent for kinds without one, and for custom resources. Not to be changed.</summary>
    public Value? EmptyStatus => IsCustom ? null : field ??= BuiltInObject.Empty(Type.GroupVersionKind, Schema)["status"];

    public string Group => Type.Group;

    public string Version => Type.Version;

    public string Kind => Type.Kind;

    public string Plural => Type.Plural;

    public string ApiVersion => Type.GroupVersionKind.ApiVersion;
}
