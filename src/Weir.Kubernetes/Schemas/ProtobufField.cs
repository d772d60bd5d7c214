namespace Weir.Kubernetes;

/// <summary>One numbered field of a protobuf message: a property of the type, or an embedded message whose fields stand among the type's own in JSON.</summary>
public sealed record ProtobufField(int Number, SchemaProperty? Property, IReadOnlyList<ProtobufField> Inline);
