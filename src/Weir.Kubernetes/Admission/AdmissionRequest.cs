using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>A write that admission policies look at.</summary>
public sealed record AdmissionRequest
{
    /// <summary><c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c> or <c>CONNECT</c>.</summary>
    public required string Operation { get; init; }

    public required GroupVersionKind Kind { get; init; }

    /// <summary>The kind that was asked for, where it is another version than <see cref="Kind"/>; otherwise <see langword="null"/>.</summary>
    public GroupVersionKind? RequestKind { get; init; }

    /// <summary>The plural name: <c>configmaps</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>Empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>Other versions in which the same objects are served.</summary>
    public IReadOnlyList<string> OtherVersions { get; init; } = [];

    public string Name { get; init; } = "";

    /// <summary>Empty for objects of the cluster.</summary>
    public string Namespace { get; init; } = "";

    public required AdmissionUser User { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>The options of the request, an object of a kind of <c>meta.k8s.io/v1</c>.</summary>
    public MapValue? Options { get; init; }

    /// <summary>The object as it will be; <see langword="null"/> when it is deleted.</summary>
    public MapValue? Object { get; init; }

    /// <summary>The object as it is; <see langword="null"/> when it is created.</summary>
    public MapValue? OldObject { get; init; }

    /// <summary>Shows an object in another version; <see langword="null"/> when there is only one.</summary>
    public Func<MapValue, string, MapValue>? Convert { get; init; }

    /// <summary>The same request as another version of its kind shows it.</summary>
    public AdmissionRequest In(string version) => version == Kind.Version || Convert is not { } convert
        ? this
        : this with
        {
            Kind = new(Kind.Group, version, Kind.Kind),
            RequestKind = RequestKind ?? Kind,
            Object = Object is null ? null : convert(Object, version),
            OldObject = OldObject is null ? null : convert(OldObject, version),
        };

    internal bool IsNamespaceItself => Kind.Group.Length == 0 && Resource == "namespaces";
}
