namespace Weir.Fuzz;

/// <summary>Something that must survive any input: it may refuse, but not throw, hang or disagree with itself.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Seeds">Inputs that mutation starts from.</param>
/// <param name="Run">Takes one input; an exception is a finding.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Action<byte[]> Run)
{
    /// <summary>Seeds that cost something to make: made only when the target runs.</summary>
    public Func<IEnumerable<byte[]>> MoreSeeds { get; init; } = static () => [];
}
