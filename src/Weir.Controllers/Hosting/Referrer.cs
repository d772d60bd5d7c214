using Weir.Kubernetes;

namespace Weir.Controllers;

/// <summary>An object that refers to others.</summary>
internal readonly record struct Referrer(GroupVersionKind Kind, ObjectName Name);
