using System.Globalization;
using System.Text;

namespace Weir.GoTemplate;

/// <summary>Go's reference layouts (<c>Mon Jan 2 15:04:05 MST 2006</c>): how <c>time.Format</c> and <c>time.Parse</c> read them.</summary>
public static class GoTimeLayout
{
    public const string Rfc3339 = "2006-01-02T15:04:05Z07:00";

    public const string Rfc3339Nano = "2006-01-02T15:04:05.999999999Z07:00";

    internal static readonly string[] MonthNames =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    internal static readonly string[] WeekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>Writes a time by a layout; what is no element of a layout stands as it is.</summary>
    public static string Format(GoTimestamp time, string layout)
    {
        var fields = time.Fields();
        var output = new StringBuilder(layout.Length + 8);
        for (var at = 0; at < layout.Length;)
        {
            var part = LayoutPart.Next(layout, at);
            output.Append(layout, at, part.Start - at);
            Append(output, part, fields, layout);
            at = part.End;
        }

        return output.ToString();
    }

    /// <summary>Reads a text by a layout; a time without a zone is one in <paramref name="zone"/>. Errors have Go's words.</summary>
    public static bool TryParse(string layout, string text, GoZone zone, out GoTimestamp time, out string error) =>
        new LayoutParser(layout, text, zone).TryParse(out time, out error);

    private static void Append(StringBuilder output, LayoutPart part, GoTimeFields f, string layout)
    {
        switch (part.Element)
        {
            case LayoutElement.Year:
                Pad(output, Math.Abs(f.Year) % 100, 2);
                break;
            case LayoutElement.LongYear:
                Pad(output, f.Year, 4);
                break;
            case LayoutElement.LongMonth:
                output.Append(MonthNames[f.Month - 1]);
                break;
            case LayoutElement.ShortMonth:
                output.Append(MonthNames[f.Month - 1], 0, 3);
                break;
            case LayoutElement.Month:
                Pad(output, f.Month, 0);
                break;
            case LayoutElement.ZeroMonth:
                Pad(output, f.Month, 2);
                break;
            case LayoutElement.LongWeekday:
                output.Append(WeekdayNames[f.Weekday]);
                break;
            case LayoutElement.ShortWeekday:
                output.Append(WeekdayNames[f.Weekday], 0, 3);
                break;
            case LayoutElement.Day:
                Pad(output, f.Day, 0);
                break;
            case LayoutElement.SpaceDay:
                output.Append(f.Day < 10 ? " " : "");
                Pad(output, f.Day, 0);
                break;
            case LayoutElement.ZeroDay:
                Pad(output, f.Day, 2);
                break;
            case LayoutElement.SpaceYearDay:
                output.Append(' ', f.YearDay < 10 ? 2 : f.YearDay < 100 ? 1 : 0);
                Pad(output, f.YearDay, 0);
                break;
            case LayoutElement.ZeroYearDay:
                Pad(output, f.YearDay, 3);
                break;
            case LayoutElement.Hour:
                Pad(output, f.Hour, 2);
                break;
            case LayoutElement.Hour12:
                Pad(output, f.Hour % 12 == 0 ? 12 : f.Hour % 12, 0);
                break;
            case LayoutElement.ZeroHour12:
                Pad(output, f.Hour % 12 == 0 ? 12 : f.Hour % 12, 2);
                break;
            case LayoutElement.Minute:
                Pad(output, f.Minute, 0);
                break;
            case LayoutElement.ZeroMinute:
                Pad(output, f.Minute, 2);
                break;
            case LayoutElement.Second:
                Pad(output, f.Second, 0);
                break;
            case LayoutElement.ZeroSecond:
                Pad(output, f.Second, 2);
                break;
            case LayoutElement.UpperPm:
                output.Append(f.Hour >= 12 ? "PM" : "AM");
                break;
            case LayoutElement.LowerPm:
                output.Append(f.Hour >= 12 ? "pm" : "am");
                break;
            case LayoutElement.ZoneName when f.Abbreviation.Length > 0:
                output.Append(f.Abbreviation);
                break;
            case LayoutElement.ZoneName:
                AppendOffset(output, f.Offset, new OffsetShape(IsIso: false, HasColon: false, HasMinutes: true, HasSeconds: false));
                break;
            case LayoutElement.Offset when part.Shape.IsIso && f.Offset == 0:
                output.Append('Z');
                break;
            case LayoutElement.Offset:
                AppendOffset(output, f.Offset, part.Shape);
                break;
            case LayoutElement.Fraction0 or LayoutElement.Fraction9:
                AppendFraction(output, layout[part.Start], part, f.Nanosecond);
                break;
        }
    }

    private static void Pad(StringBuilder output, long number, int width)
    {
        if (number < 0)
        {
            output.Append('-');
        }

        output.Append(Math.Abs(number).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'));
    }

    private static void AppendOffset(StringBuilder output, int offset, OffsetShape shape)
    {
        var magnitude = Math.Abs(offset);
        output.Append(offset / 60 < 0 ? '-' : '+');
        Pad(output, magnitude / 3600, 2);
        if (shape.HasMinutes)
        {
            output.Append(shape.HasColon ? ":" : "");
            Pad(output, magnitude / 60 % 60, 2);
        }

        if (shape.HasSeconds)
        {
            output.Append(shape.HasColon ? ":" : "");
            Pad(output, magnitude % 60, 2);
        }
    }

    private static void AppendFraction(StringBuilder output, char separator, LayoutPart part, int nanosecond)
    {
        var digits = nanosecond.ToString("000000000", CultureInfo.InvariantCulture);
        digits = part.Digits <= 9 ? digits[..part.Digits] : digits.PadRight(part.Digits, '0');
        if (part.Element == LayoutElement.Fraction9)
        {
            digits = digits.TrimEnd('0');
            if (digits.Length == 0)
            {
                return;
            }
        }

        output.Append(separator).Append(digits);
    }
}
