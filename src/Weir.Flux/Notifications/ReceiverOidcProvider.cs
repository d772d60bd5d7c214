using Weir.Values;

namespace Weir.Flux;

/// <summary>Issuers whose tokens are accepted.</summary>
public sealed record ReceiverOidcProvider
{
    private static readonly FieldRules IssuerUrlRules = new() { IsRequired = true, Pattern = "^https?://" };
    private static readonly FieldRules ValidationsRules = new() { IsRequired = true, MinItems = 1 };

    /// <summary>The audience the token must have.</summary>
    public string? Audience { get; init; }

    /// <summary>The address of the issuer.</summary>
    public string IssuerUrl { get; init; } = "";

    /// <summary>Expressions that must be true.</summary>
    public FieldList<ReceiverValidation>? Validations { get; init; }

    /// <summary>Expressions that can be used by name.</summary>
    public FieldList<ReceiverVariable>? Variables { get; init; }

    internal static ReceiverOidcProvider ReadFields(FieldReader f) => new()
    {
        Audience = f.String("audience", "The audience the token must have."),
        IssuerUrl = f.String("issuerURL", "The address of the issuer.", IssuerUrlRules) ?? "",
        Validations = f.Objects("validations", "Expressions that must be true.", ReceiverValidation.ReadFields, ValidationsRules),
        Variables = f.Objects("variables", "Expressions that can be used by name.", ReceiverVariable.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("audience", Audience)
        .Add("issuerURL", IssuerUrl)
        .Add("validations", Validations, static x => x.WriteFields())
        .Add("variables", Variables, static x => x.WriteFields())
        .Map;
}
