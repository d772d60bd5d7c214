namespace Weir.ApiServer.Simulation;

/// <summary>The refusal that a full ResourceQuota gives to pods.</summary>
internal static class PodQuota
{
    public static string Refusal(string owner) =>
        $"pods \"{owner}-\" is forbidden: exceeded quota: simulated, requested: pods=1, used: pods=0, limited: pods=0";
}
