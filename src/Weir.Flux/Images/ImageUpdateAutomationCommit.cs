using Weir.Values;

namespace Weir.Flux;

/// <summary>How the commit is made.</summary>
public sealed record ImageUpdateAutomationCommit
{
    /// <summary>Who the commit is by.</summary>
    public ImageUpdateAutomationAuthor? Author { get; init; }

    /// <summary>A Go template for the message.</summary>
    public string? MessageTemplate { get; init; }

    /// <summary>Values the template can use.</summary>
    public FieldMap<string>? MessageTemplateValues { get; init; }

    /// <summary>The key commits are signed with.</summary>
    public ImageUpdateAutomationSigningKey? SigningKey { get; init; }

    internal static ImageUpdateAutomationCommit ReadFields(FieldReader f) => new()
    {
        Author = f.Object("author", "Who the commit is by.", ImageUpdateAutomationAuthor.ReadFields, FieldRules.Required),
        MessageTemplate = f.String("messageTemplate", "A Go template for the message."),
        MessageTemplateValues = f.StringMap("messageTemplateValues", "Values the template can use."),
        SigningKey = f.Object("signingKey", "The key commits are signed with.", ImageUpdateAutomationSigningKey.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("author", Author?.WriteFields())
        .Add("messageTemplate", MessageTemplate)
        .Add("messageTemplateValues", MessageTemplateValues)
        .Add("signingKey", SigningKey?.WriteFields())
        .Map;
}
