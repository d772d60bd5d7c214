using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>How many of a workload's pods are ready and available, and when the next will count.</summary>
internal readonly record struct WorkloadPods(long Ready, long Available, TimeSpan? NextAvailable)
{
    public static WorkloadPods Count(IEnumerable<PodFacts> pods, long minReadySeconds, DateTimeOffset now)
    {
        long ready = 0, available = 0;
        TimeSpan? next = null;
        foreach (var pod in pods)
        {
            if (!pod.IsReady || !pod.IsActive)
            {
                continue;
            }

            ready++;
            if (pod.IsAvailable(minReadySeconds, now))
            {
                available++;
            }
            else
            {
                var wait = pod.ReadySince.AddSeconds(minReadySeconds) - now;
                next = next is null || wait < next ? wait : next;
            }
        }

        return new(ready, available, next);
    }
}
