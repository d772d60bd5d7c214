namespace Weir.Cel.Costs;

/// <summary>What a call can cost, without its operands, and how large its answer can be.</summary>
internal readonly record struct CallEstimate(CostRange Cost, CostRange? Size = null);
