namespace Weir.Kubernetes.Client;

/// <summary>Field managers whose fields are taken over: a name's beginning and the operation, <c>Apply</c> or <c>Update</c>.</summary>
public sealed record FieldManagerRule(string Prefix, string Operation);
