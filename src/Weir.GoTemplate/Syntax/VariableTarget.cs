namespace Weir.GoTemplate.Syntax;

/// <summary>A variable that a pipeline declares or assigns. A slot below 0 means that nothing declared it on the way here.</summary>
internal readonly record struct VariableTarget(string Name, int Slot);
