namespace Weir.Yaml.Scanning;

/// <summary>The stage that noticed a problem.</summary>
internal enum ProblemOrigin
{
    Reader,
    Scanner,
    Parser,
}
