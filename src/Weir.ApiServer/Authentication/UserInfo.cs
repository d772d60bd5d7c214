namespace Weir.ApiServer.Authentication;

/// <summary>Who asks.</summary>
internal sealed record UserInfo
{
    public const string Anonymous = "system:anonymous";
    public const string AuthenticatedGroup = "system:authenticated";
    public const string UnauthenticatedGroup = "system:unauthenticated";
    public const string MastersGroup = "system:masters";

    public required string Name { get; init; }

    public string Uid { get; init; } = "";

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Extra { get; init; } = [];

    public bool IsMaster
    {
        get
        {
            for (var i = 0; i < Groups.Count; i++)
            {
                if (Groups[i] == MastersGroup)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The server's own controllers.</summary>
    public static UserInfo Loopback { get; } = new() { Name = "system:apiserver", Groups = [MastersGroup, AuthenticatedGroup] };

    public static UserInfo NotAuthenticated { get; } = new() { Name = Anonymous, Groups = [UnauthenticatedGroup] };
}
