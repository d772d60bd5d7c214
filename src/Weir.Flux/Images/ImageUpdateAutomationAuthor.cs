using Weir.Values;

namespace Weir.Flux;

/// <summary>Who the commit is by.</summary>
public sealed record ImageUpdateAutomationAuthor
{
    /// <summary>The address of the author.</summary>
    public string Email { get; init; } = "";

    /// <summary>The name of the author.</summary>
    public string? Name { get; init; }

    internal static ImageUpdateAutomationAuthor ReadFields(FieldReader f) => new()
    {
        Email = f.String("email", "The address of the author.", FieldRules.Required) ?? "",
        Name = f.String("name", "The name of the author."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("email", Email)
        .Add("name", Name)
        .Map;
}
