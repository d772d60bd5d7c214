namespace Weir.Controllers;

/// <summary>Counts of values by their size, as Prometheus keeps them.</summary>
internal sealed class Histogram(double[] bounds)
{
    private readonly Lock _lock = new();
    private readonly long[] _counts = new long[bounds.Length];
    private long _count;
    private double _sum;

    /// <summary>Bounds that grow by the same factor from the first to the last.</summary>
    public static double[] Between(double first, double last, int count)
    {
        var bounds = new double[count];
        var factor = Math.Pow(last / first, 1.0 / (count - 1));
        for (var i = 0; i < count; i++)
        {
            bounds[i] = first * Math.Pow(factor, i);
        }

        return bounds;
    }

    public void Add(double value)
    {
        var at = Array.BinarySearch(bounds, value);
        at = at < 0 ? ~at : at;
        lock (_lock)
        {
            if (at < _counts.Length)
            {
                _counts[at]++;
            }

            _count++;
            _sum += value;
        }
    }

    public void Write(MetricsText text, string name, string labels)
    {
        lock (_lock)
        {
            var total = 0L;
            for (var i = 0; i < bounds.Length; i++)
            {
                total += _counts[i];
                text.Bucket(name, labels, bounds[i], total);
            }

            text.Bucket(name, labels, double.PositiveInfinity, _count);
            text.Value($"{name}_sum", labels, _sum);
            text.Value($"{name}_count", labels, _count);
        }
    }
}
