using System.Text.RegularExpressions;
using Weir.Cel;

namespace Weir.Controllers;

/// <summary>Errors of expressions whose variables are not declared, in the words of cel-go.</summary>
internal static class CelMessages
{
    private const string Missing = "no such attribute(s): ";

    /// <summary>A missing variable is named with the fields that are asked of it: without declarations, dots may be part of its name.</summary>
    public static string Of(CelError error, string text)
    {
        if (!error.Message.StartsWith(Missing, StringComparison.Ordinal))
        {
            return error.Message;
        }

        var path = Regex.Match(text, $@"(?<![\w.]){Regex.Escape(error.Message[Missing.Length..])}(\.[A-Za-z_]\w*(?!\w*\())*", RegexOptions.CultureInvariant);
        return path.Success ? Missing + path.Value : error.Message;
    }
}
