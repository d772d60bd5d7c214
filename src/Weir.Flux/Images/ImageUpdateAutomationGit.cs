using Weir.Values;

namespace Weir.Flux;

/// <summary>How changes are committed and pushed.</summary>
public sealed record ImageUpdateAutomationGit
{
    /// <summary>What is checked out; the reference of the source when absent.</summary>
    public ImageUpdateAutomationCheckout? Checkout { get; init; }

    /// <summary>How the commit is made.</summary>
    public ImageUpdateAutomationCommit? Commit { get; init; }

    /// <summary>Where the commit goes.</summary>
    public ImageUpdateAutomationPush? Push { get; init; }

    internal static ImageUpdateAutomationGit ReadFields(FieldReader f) => new()
    {
        Checkout = f.Object("checkout", "What is checked out; the reference of the source when absent.", ImageUpdateAutomationCheckout.ReadFields),
        Commit = f.Object("commit", "How the commit is made.", ImageUpdateAutomationCommit.ReadFields, FieldRules.Required),
        Push = f.Object("push", "Where the commit goes.", ImageUpdateAutomationPush.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("checkout", Checkout?.WriteFields())
        .Add("commit", Commit?.WriteFields())
        .Add("push", Push?.WriteFields())
        .Map;
}
