using Weir.Flux;

namespace Weir.Controllers;

/// <summary>One artifact to be made, with the labels that a path pattern gives it.</summary>
internal sealed record OutputPlan(OutputArtifact Output, IReadOnlyDictionary<string, string> Labels);
