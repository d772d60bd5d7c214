using System.Globalization;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>The query parameters of create, update and patch.</summary>
internal sealed record WriteOptions
{
    public bool IsDryRun { get; init; }

    /// <summary>As sent; empty when absent.</summary>
    public string FieldManager { get; init; } = "";

    /// <summary>Strict, Warn or Ignore.</summary>
    public string FieldValidation { get; init; } = "Warn";

    /// <summary>Absent when the client did not say.</summary>
    public bool? Force { get; init; }

    /// <summary>The manager that fields are owned by: as sent, else the program that the user agent names.</summary>
    public required string Manager { get; init; }

    /// <param name="context">The request.</param>
    /// <param name="kind">CreateOptions, UpdateOptions or PatchOptions, for errors.</param>
    /// <param name="isApply">Server-side apply, which needs a manager and may be forced.</param>
    public static WriteOptions Parse(RequestContext context, string kind, bool isApply = false)
    {
        var causes = new List<StatusCause>();
        var dryRun = DryRun(context.QueryAll("dryRun"), causes);
        var manager = context.Query("fieldManager") ?? "";
        var force = context.Query("force") is null ? (bool?)null : context.QueryFlag("force");
        if (kind == "PatchOptions")
        {
            if (isApply && manager.Length == 0)
            {
                causes.Add(new("FieldValueRequired", "Required value: is required for apply patch", "fieldManager"));
            }

            if (!isApply && force is not null)
            {
                causes.Add(new("FieldValueForbidden", "Forbidden: may not be specified for non-apply patch", "force"));
            }
        }

        CheckManager(manager, causes);
        var validation = context.Query("fieldValidation") ?? "";
        if (validation is not ("" or "Ignore" or "Strict" or "Warn"))
        {
            causes.Add(new("FieldValueNotSupported",
                $"Unsupported value: {GoQuote.Quote(validation)}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"", "fieldValidation"));
        }

        if (causes.Count > 0)
        {
            throw ApiStatus.Invalid("meta.k8s.io", kind, "", causes).ToException();
        }

        return new WriteOptions
        {
            IsDryRun = dryRun,
            FieldManager = manager,
            FieldValidation = validation.Length == 0 ? "Warn" : validation,
            Force = force,
            Manager = manager.Length > 0 ? manager : UserAgent(context.Http.Request.Headers.UserAgent.ToString()),
        };
    }

    /// <summary>True for <c>All</c>; anything else is a cause.</summary>
    public static bool DryRun(IReadOnlyList<string?> values, List<StatusCause> causes)
    {
        if (values.Count == 0)
        {
            return false;
        }

        foreach (var value in values)
        {
            if (value != "All")
            {
                var shown = string.Join(",", values.Select(v => GoQuote.Quote(v ?? "")));
                causes.Add(new("FieldValueNotSupported", $"Unsupported value: [{shown}]: supported values: \"All\"", "dryRun"));
                return false;
            }
        }

        return true;
    }

    private static void CheckManager(string manager, List<StatusCause> causes)
    {
        if (manager.Length > 128)
        {
            causes.Add(new("FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"));
        }

        var at = 0;
        foreach (var rune in manager.EnumerateRunes())
        {
            if (!GoQuote.IsPrint(rune))
            {
                causes.Add(new("FieldValueInvalid", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid value: {GoQuote.Quote(manager)}: invalid character U+{rune.Value:X4} (at position {at})"), "fieldManager"));
                return;
            }

            at++;
        }
    }

    /// <summary>The part of a user agent before the first slash, without what is not printable, at most 128 bytes.</summary>
    private static string UserAgent(string agent)
    {
        var slash = agent.IndexOf('/', StringComparison.Ordinal);
        var name = new System.Text.StringBuilder();
        foreach (var rune in (slash < 0 ? agent : agent[..slash]).EnumerateRunes())
        {
            if (name.Length + rune.Utf16SequenceLength > 128)
            {
                break;
            }

            if (GoQuote.IsPrint(rune))
            {
                name.Append(rune.ToString());
            }
        }

        return name.Length == 0 ? "unknown" : name.ToString();
    }
}
