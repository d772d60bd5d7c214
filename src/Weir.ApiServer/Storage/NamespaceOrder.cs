namespace Weir.ApiServer.Storage;

/// <summary>Orders namespaces as etcd orders keys: as if each were followed by a slash.</summary>
internal sealed class NamespaceOrder : IComparer<string>
{
    public static NamespaceOrder Instance { get; } = new();

    public int Compare(string? left, string? right)
    {
        var (a, b) = (left!, right!);
        var length = Math.Min(a.Length, b.Length);
        var order = string.CompareOrdinal(a, 0, b, 0, length);
        if (order != 0)
        {
            return order;
        }

        if (a.Length == b.Length)
        {
            return 0;
        }

        return a.Length < b.Length ? '/' - b[length] : a[length] - '/';
    }
}
