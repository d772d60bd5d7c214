using Weir.Values;

namespace Weir.Flux;

/// <summary>Where the commit goes.</summary>
public sealed record ImageUpdateAutomationPush
{
    /// <summary>The branch to push to.</summary>
    public string? Branch { get; init; }

    /// <summary>Push options for the server.</summary>
    public FieldMap<string>? Options { get; init; }

    /// <summary>A refspec to push besides or instead of the branch.</summary>
    public string? Refspec { get; init; }

    internal static ImageUpdateAutomationPush ReadFields(FieldReader f) => new()
    {
        Branch = f.String("branch", "The branch to push to."),
        Options = f.StringMap("options", "Push options for the server."),
        Refspec = f.String("refspec", "A refspec to push besides or instead of the branch."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("branch", Branch)
        .Add("options", Options)
        .Add("refspec", Refspec)
        .Map;
}
