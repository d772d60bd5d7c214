using Weir.Flux;

namespace Weir.Sources.Generating;

/// <summary>One artifact to be made, with the labels that a path pattern gives it.</summary>
public sealed record OutputPlan(OutputArtifact Output, IReadOnlyDictionary<string, string> Labels);
