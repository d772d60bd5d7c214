namespace Weir.Controllers;

/// <summary>The address of a proxy from the Secret that describes it.</summary>
internal static class ProxyAddress
{
    /// <summary>The address, with the credentials in it. Throws <see cref="FormatException"/> when there is none.</summary>
    public static string Read(IReadOnlyDictionary<string, string> data)
    {
        if (!data.TryGetValue("address", out var address) || !Uri.TryCreate(address, UriKind.Absolute, out var url))
        {
            throw new FormatException("the secret has no valid 'address'");
        }

        if (!data.TryGetValue("username", out var username))
        {
            return url.ToString();
        }

        return new UriBuilder(url)
        {
            UserName = Uri.EscapeDataString(username),
            Password = Uri.EscapeDataString(data.GetValueOrDefault("password") ?? ""),
        }.Uri.ToString();
    }
}
