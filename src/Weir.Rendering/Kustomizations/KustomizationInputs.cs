using Weir.Values;

namespace Weir.Rendering;

/// <summary>What a Kustomization needs from outside of its files.</summary>
public sealed record KustomizationInputs
{
    public static KustomizationInputs None { get; } = new();

    /// <summary>The variables of <c>substituteFrom</c>, later references over earlier ones.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>A variable without value and without default is an error, as in Flux since 2.9; otherwise it is empty.</summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>Decrypts files that generators and patches read; answers the bytes unchanged when they are not encrypted.</summary>
    public Func<string, ReadOnlyMemory<byte>, Parsed<DecryptedFile>>? DecryptFile { get; init; }

    /// <summary>Decrypts a built object; answers it unchanged when it is not encrypted.</summary>
    public Func<MapValue, Parsed<MapValue>>? DecryptObject { get; init; }
}
