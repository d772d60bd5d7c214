namespace Weir.GoTemplate.Syntax;

/// <summary>How execution goes on after a statement.</summary>
internal enum Flow
{
    Next,
    Break,
    Continue,

    /// <summary>An error is recorded; everything returns.</summary>
    Failed,
}
