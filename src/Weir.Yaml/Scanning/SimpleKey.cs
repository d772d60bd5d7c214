namespace Weir.Yaml.Scanning;

/// <summary>A place where a key without <c>?</c> may have begun; a <c>:</c> on the same line makes it one.</summary>
internal struct SimpleKey
{
    public bool IsPossible;

    /// <summary>True when the text is wrong unless a <c>:</c> follows: a block mapping's next key.</summary>
    public bool IsRequired;

    public int TokenNumber;

    public Mark Mark;
}
