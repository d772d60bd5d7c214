using Weir.Values;

namespace Weir.Flux;

/// <summary>Tests to run or to leave out.</summary>
public sealed record TestFilter
{
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };

    /// <summary>Leave this test out.</summary>
    public bool? Exclude { get; init; }

    /// <summary>The name of the test.</summary>
    public string Name { get; init; } = "";

    internal static TestFilter ReadFields(FieldReader f) => new()
    {
        Exclude = f.Bool("exclude", "Leave this test out."),
        Name = f.String("name", "The name of the test.", NameRules) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("exclude", Exclude)
        .Add("name", Name)
        .Map;
}
