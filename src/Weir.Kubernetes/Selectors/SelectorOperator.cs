namespace Weir.Kubernetes;

/// <summary>How a requirement compares a label with its values.</summary>
public enum SelectorOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
    GreaterThan,
    LessThan,
}
