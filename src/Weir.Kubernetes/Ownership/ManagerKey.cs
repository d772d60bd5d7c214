namespace Weir.Kubernetes;

/// <summary>Whose entry it is: a manager's applies are one entry whatever their version, its updates are one entry a version.</summary>
internal readonly record struct ManagerKey(string Manager, bool IsApply, string ApiVersion, string Subresource) : IComparable<ManagerKey>
{
    /// <summary>The name of a manager who gave none.</summary>
    private const string Unknown = "unknown";

    public static ManagerKey Of(string manager, bool isApply, string apiVersion, string subresource) =>
        new(manager.Length == 0 ? Unknown : manager, isApply, isApply ? "" : apiVersion, subresource);

    public int CompareTo(ManagerKey other)
    {
        var order = string.CompareOrdinal(Manager, other.Manager);
        order = order != 0 ? order : other.IsApply.CompareTo(IsApply);
        order = order != 0 ? order : string.CompareOrdinal(ApiVersion, other.ApiVersion);
        return order != 0 ? order : string.CompareOrdinal(Subresource, other.Subresource);
    }

    /// <summary>As messages of conflicts name the manager: <c>"x" with subresource "status" using apps/v1</c>.</summary>
    public override string ToString()
    {
        var text = Values.GoQuote.Quote(Manager);
        if (Subresource.Length > 0)
        {
            text += $" with subresource {Values.GoQuote.Quote(Subresource)}";
        }

        return IsApply ? text : $"{text} using {ApiVersion}";
    }
}
