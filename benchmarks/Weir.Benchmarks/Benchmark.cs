namespace Weir.Benchmarks;

/// <summary>A measurement that can be asked for by name.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Description">What it measures, and what it needs.</param>
/// <param name="Run">Measures and prints; answers the exit code.</param>
internal sealed record Benchmark(string Name, string Description, Func<string[], int> Run);
