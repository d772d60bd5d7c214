namespace Weir.Cli.Help;

/// <summary>The headings under which <c>weir --help</c> lists commands, in this order.</summary>
internal enum CommandGroup
{
    Run,
    Inspect,
    Render,
    Cluster,
    Other,
}
