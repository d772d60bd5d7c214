namespace Weir.GoTemplate;

/// <summary>
/// A function or method that templates call, with its Go signature. The engine checks the number and types of
/// arguments (no conversion of numbers) before <see cref="Body"/> runs.
/// </summary>
public sealed class TemplateFunction
{
    public TemplateFunction(string name, Signature signature, FunctionBody body)
    {
        Name = name;
        Signature = signature;
        Body = body;
    }

    /// <param name="name">The name that templates use.</param>
    /// <param name="signature">Go's notation: <c>func(int, string) string</c>, <c>func(string, ...any) (string, error)</c>.</param>
    /// <param name="body">What it does.</param>
    public TemplateFunction(string name, string signature, FunctionBody body)
        : this(name, Signature.Parse(signature), body)
    {
    }

    public string Name { get; }

    public Signature Signature { get; }

    public FunctionBody Body { get; }

    /// <summary>The same function under another name.</summary>
    public TemplateFunction As(string name) => new(name, Signature, Body);
}
