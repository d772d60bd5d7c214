namespace Weir.GoTemplate.Sprig;

/// <summary>Names of hosts. Whether they are looked up is the host's choice; Helm looks up none unless told to.</summary>
internal static class NetworkFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("getHostByName", "func(string) string", static (c, a) => c.Host.ResolveHost(a.String(0))),
    ]);
}
