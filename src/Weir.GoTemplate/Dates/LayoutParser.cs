using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Reads one text by one reference layout, as Go's <c>time.ParseInLocation</c> does.</summary>
internal sealed class LayoutParser
{
    private readonly string _layout;
    private readonly string _text;
    private readonly GoZone _zone;
    private static readonly int[] MonthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private string _rest;
    private long _year;
    private int _month = -1;
    private int _day = -1;
    private int _yearDay = -1;
    private int _hour;
    private int _minute;
    private int _second;
    private int _nanosecond;
    private bool _isPm;
    private bool _isAm;
    private bool _isUtc;
    private int? _offset;
    private string _zoneName = "";

    public LayoutParser(string layout, string text, GoZone zone) => (_layout, _text, _zone, _rest) = (layout, text, zone, text);

    public bool TryParse(out GoTimestamp time, out string error)
    {
        time = default;
        for (var at = 0; ;)
        {
            var part = LayoutPart.Next(_layout, at);
            var prefix = _layout[at..part.Start];
            if (!SkipPrefix(prefix))
            {
                error = CannotParse(_rest, prefix);
                return false;
            }

            if (part.Element == LayoutElement.None)
            {
                if (_rest.Length > 0)
                {
                    error = Problem($": extra text: {GoQuote.Quote(_rest)}");
                    return false;
                }

                break;
            }

            var held = _rest;
            var (ok, outOfRange) = Take(part);
            if (outOfRange is not null)
            {
                error = Problem($": {outOfRange} out of range");
                return false;
            }

            if (!ok)
            {
                error = CannotParse(held, _layout[part.Start..part.End]);
                return false;
            }

            at = part.End;
        }

        return TryAssemble(out time, out error);
    }

    private string Problem(string message) => $"parsing time {GoQuote.Quote(_text)}{message}";

    private string CannotParse(string value, string element) =>
        $"parsing time {GoQuote.Quote(_text)} as {GoQuote.Quote(_layout)}: cannot parse {GoQuote.Quote(value)} as {GoQuote.Quote(element)}";

    /// <summary>A space of the layout takes any number of spaces.</summary>
    private bool SkipPrefix(string prefix)
    {
        var at = 0;
        for (var i = 0; i < prefix.Length;)
        {
            if (prefix[i] == ' ')
            {
                if (at < _rest.Length && _rest[at] != ' ')
                {
                    _rest = _rest[at..];
                    return false;
                }

                while (i < prefix.Length && prefix[i] == ' ')
                {
                    i++;
                }

                while (at < _rest.Length && _rest[at] == ' ')
                {
                    at++;
                }

                continue;
            }

            if (at == _rest.Length || _rest[at] != prefix[i])
            {
                _rest = _rest[at..];
                return false;
            }

            i++;
            at++;
        }

        _rest = _rest[at..];
        return true;
    }

    private (bool Ok, string? OutOfRange) Take(LayoutPart part)
    {
        switch (part.Element)
        {
            case LayoutElement.Year:
                return (TakeDigits(2, out var shortYear) && SetYear(shortYear + (shortYear >= 69 ? 1900 : 2000)), null);
            case LayoutElement.LongYear:
                return (TakeDigits(4, out var year) && SetYear(year), null);
            case LayoutElement.ShortMonth:
                return (TakeName(GoTimeLayout.MonthNames, isShort: true, ref _month) && ++_month > 0, null);
            case LayoutElement.LongMonth:
                return (TakeName(GoTimeLayout.MonthNames, isShort: false, ref _month) && ++_month > 0, null);
            case LayoutElement.Month or LayoutElement.ZeroMonth:
                return Ranged(TakeNumber(part.Element == LayoutElement.ZeroMonth, ref _month), _month is < 1 or > 12, "month");
            case LayoutElement.ShortWeekday or LayoutElement.LongWeekday:
                var weekday = 0;
                return (TakeName(GoTimeLayout.WeekdayNames, part.Element == LayoutElement.ShortWeekday, ref weekday), null);
            case LayoutElement.Day or LayoutElement.SpaceDay or LayoutElement.ZeroDay:
                SkipSpaces(part.Element == LayoutElement.SpaceDay ? 1 : 0);
                return (TakeNumber(part.Element == LayoutElement.ZeroDay, ref _day), null);
            case LayoutElement.SpaceYearDay or LayoutElement.ZeroYearDay:
                SkipSpaces(part.Element == LayoutElement.SpaceYearDay ? 2 : 0);
                return (TakeYearDay(part.Element == LayoutElement.ZeroYearDay), null);
            case LayoutElement.Hour:
                return Ranged(TakeNumber(isFixed: false, ref _hour), _hour is < 0 or >= 24, "hour");
            case LayoutElement.Hour12 or LayoutElement.ZeroHour12:
                return Ranged(TakeNumber(part.Element == LayoutElement.ZeroHour12, ref _hour), _hour is < 0 or > 12, "hour");
            case LayoutElement.Minute or LayoutElement.ZeroMinute:
                return Ranged(TakeNumber(part.Element == LayoutElement.ZeroMinute, ref _minute), _minute is < 0 or >= 60, "minute");
            case LayoutElement.Second or LayoutElement.ZeroSecond:
                return TakeSecond(part);
            case LayoutElement.UpperPm or LayoutElement.LowerPm:
                return (TakePm(part.Element == LayoutElement.UpperPm), null);
            case LayoutElement.Offset:
                return TakeOffset(part.Shape);
            case LayoutElement.ZoneName:
                return (TakeZoneName(), null);
            case LayoutElement.Fraction0:
                return (TakeFraction(part.Digits + 1), null);
            default:
                return (!StartsFraction() || TakeFraction(FractionLength()), null);
        }
    }

    private static (bool Ok, string? OutOfRange) Ranged(bool ok, bool isOut, string name) => (ok, ok && isOut ? name : null);

    private bool SetYear(int year)
    {
        _year = year;
        return true;
    }

    private bool TakeDigits(int count, out int number)
    {
        number = 0;
        if (_rest.Length < count)
        {
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            if (!char.IsAsciiDigit(_rest[i]))
            {
                return false;
            }

            number = (number * 10) + _rest[i] - '0';
        }

        _rest = _rest[count..];
        return true;
    }

    /// <summary>One or two digits; exactly two when the layout has a leading zero.</summary>
    private bool TakeNumber(bool isFixed, ref int number)
    {
        if (_rest.Length == 0 || !char.IsAsciiDigit(_rest[0]))
        {
            return false;
        }

        if (_rest.Length > 1 && char.IsAsciiDigit(_rest[1]))
        {
            return TakeDigits(2, out number);
        }

        return !isFixed && TakeDigits(1, out number);
    }

    private bool TakeYearDay(bool isFixed)
    {
        var digits = 0;
        while (digits < 3 && digits < _rest.Length && char.IsAsciiDigit(_rest[digits]))
        {
            digits++;
        }

        return digits > 0 && (!isFixed || digits == 3) && TakeDigits(digits, out _yearDay);
    }

    private bool TakeName(string[] names, bool isShort, ref int index)
    {
        for (var i = 0; i < names.Length; i++)
        {
            var name = isShort ? names[i][..3] : names[i];
            if (_rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                index = i;
                _rest = _rest[name.Length..];
                return true;
            }
        }

        return false;
    }

    private void SkipSpaces(int count)
    {
        for (; count > 0 && _rest.StartsWith(' '); count--)
        {
            _rest = _rest[1..];
        }
    }

    private (bool Ok, string? OutOfRange) TakeSecond(LayoutPart part)
    {
        var taken = Ranged(TakeNumber(part.Element == LayoutElement.ZeroSecond, ref _second), _second is < 0 or >= 60, "second");
        if (!taken.Ok || taken.OutOfRange is not null || !StartsFraction()
            || LayoutPart.Next(_layout, part.End).Element is LayoutElement.Fraction0 or LayoutElement.Fraction9)
        {
            return taken;
        }

        // A fraction is read though the layout has none.
        return (TakeFraction(FractionLength()), null);
    }

    private bool StartsFraction() => _rest.Length >= 2 && _rest[0] is '.' or ',' && _rest.Length >= 2 && char.IsAsciiDigit(_rest[1]);

    private int FractionLength()
    {
        var length = 1;
        while (length < _rest.Length && char.IsAsciiDigit(_rest[length]))
        {
            length++;
        }

        return length;
    }

    private bool TakeFraction(int length)
    {
        if (_rest.Length < length || _rest[0] is not ('.' or ','))
        {
            return false;
        }

        _nanosecond = 0;
        for (var i = 1; i < Math.Max(length, 10); i++)
        {
            if (i < length && !char.IsAsciiDigit(_rest[i]))
            {
                return false;
            }

            if (i < 10)
            {
                _nanosecond = (_nanosecond * 10) + (i < length ? _rest[i] - '0' : 0);
            }
        }

        _rest = _rest[length..];
        return true;
    }

    private bool TakePm(bool isUpper)
    {
        var (pm, am) = isUpper ? ("PM", "AM") : ("pm", "am");
        _isPm |= _rest.StartsWith(pm, StringComparison.Ordinal);
        _isAm |= _rest.StartsWith(am, StringComparison.Ordinal);
        if (!_rest.StartsWith(pm, StringComparison.Ordinal) && !_rest.StartsWith(am, StringComparison.Ordinal))
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    private (bool Ok, string? OutOfRange) TakeOffset(OffsetShape shape)
    {
        if (shape.IsIso && _rest.StartsWith('Z'))
        {
            _rest = _rest[1..];
            _isUtc = true;
            return (true, null);
        }

        if (_rest.Length < shape.Length || _rest[0] is not ('+' or '-'))
        {
            return (false, null);
        }

        var negative = _rest[0] == '-';
        var offset = _rest[1..shape.Length];
        _rest = _rest[shape.Length..];
        var step = shape.HasColon ? 3 : 2;
        if (shape.HasColon && (offset[2] != ':' || (shape.HasSeconds && offset[5] != ':')))
        {
            return (false, null);
        }

        if (!Two(offset, 0, out var hours) || !Two(shape.HasMinutes ? offset : "00", shape.HasMinutes ? step : 0, out var minutes)
            || !Two(shape.HasSeconds ? offset : "00", shape.HasSeconds ? 2 * step : 0, out var seconds))
        {
            return (false, null);
        }

        // People do write 24 hours and 60 minutes.
        var outOfRange = hours > 24 ? "time zone offset hour" : minutes > 60 ? "time zone offset minute" : seconds > 60 ? "time zone offset second" : null;
        var total = (((hours * 60) + minutes) * 60) + seconds;
        _offset = negative ? -total : total;
        return (true, outOfRange);
    }

    private static bool Two(string digits, int at, out int number)
    {
        number = 0;
        if (!char.IsAsciiDigit(digits[at]) || !char.IsAsciiDigit(digits[at + 1]))
        {
            return false;
        }

        number = ((digits[at] - '0') * 10) + digits[at + 1] - '0';
        return true;
    }

    private bool TakeZoneName()
    {
        if (_rest.StartsWith("UTC", StringComparison.Ordinal))
        {
            _isUtc = true;
            _rest = _rest[3..];
            return true;
        }

        var length = ZoneNameLength();
        _zoneName = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }

    private int ZoneNameLength()
    {
        if (_rest.Length < 3)
        {
            return 0;
        }

        if (_rest.StartsWith("ChST", StringComparison.Ordinal) || _rest.StartsWith("MeST", StringComparison.Ordinal))
        {
            return 4;
        }

        if (_rest.StartsWith("GMT", StringComparison.Ordinal))
        {
            return 3 + SignedOffsetLength(3);
        }

        if (_rest[0] is '+' or '-')
        {
            return SignedOffsetLength(0);
        }

        var capitals = 0;
        while (capitals < 6 && capitals < _rest.Length && char.IsAsciiLetterUpper(_rest[capitals]))
        {
            capitals++;
        }

        return capitals switch
        {
            3 => 3,
            4 when _rest[3] == 'T' || _rest.StartsWith("WITA", StringComparison.Ordinal) => 4,
            5 when _rest[4] == 'T' => 5,
            _ => 0,
        };
    }

    private int SignedOffsetLength(int at)
    {
        if (at >= _rest.Length || _rest[at] is not ('+' or '-'))
        {
            return 0;
        }

        var end = at + 1;
        var hours = 0;
        while (end < _rest.Length && char.IsAsciiDigit(_rest[end]) && hours < 100)
        {
            hours = (hours * 10) + _rest[end++] - '0';
        }

        return end == at + 1 || hours >= 24 ? 0 : end - at;
    }

    private bool TryAssemble(out GoTimestamp time, out string error)
    {
        time = default;
        error = "";
        if (_isPm && _hour < 12)
        {
            _hour += 12;
        }
        else if (_isAm && _hour == 12)
        {
            _hour = 0;
        }

        if (_yearDay >= 0 && !ResolveYearDay(out error))
        {
            return false;
        }

        _month = _month < 0 ? 1 : _month;
        _day = _day < 0 ? 1 : _day;
        if (_day < 1 || _day > DaysIn(_month))
        {
            error = Problem(": day out of range");
            return false;
        }

        time = InZone();
        return true;
    }

    private bool ResolveYearDay(out string error)
    {
        error = Problem(": day-of-year out of range");
        if (_yearDay < 1 || _yearDay > (IsLeap() ? 366 : 365))
        {
            return false;
        }

        var (month, day) = (1, _yearDay);
        while (day > DaysIn(month))
        {
            day -= DaysIn(month++);
        }

        if (_month >= 0 && _month != month)
        {
            error = Problem(": day-of-year does not match month");
            return false;
        }

        if (_day >= 0 && _day != day)
        {
            error = Problem(": day-of-year does not match day");
            return false;
        }

        (_month, _day, error) = (month, day, "");
        return true;
    }

    private bool IsLeap() => _year % 4 == 0 && (_year % 100 != 0 || _year % 400 == 0);

    private int DaysIn(int month) => month == 2 && IsLeap() ? 29 : MonthLengths[month - 1];

    private GoTimestamp InZone()
    {
        if (_isUtc)
        {
            return Date(GoZone.Utc);
        }

        var utc = Date(GoZone.Utc);
        if (_offset is { } offset)
        {
            var shifted = new GoTimestamp(utc.UnixSeconds - offset, utc.Nanosecond, GoZone.Utc);
            var (localOffset, localName) = _zone.At(shifted.UnixSeconds);
            return localOffset == offset && (_zoneName.Length == 0 || _zoneName == localName)
                ? shifted.In(_zone)
                : shifted.In(GoZone.Fixed(_zoneName, offset));
        }

        if (_zoneName.Length == 0)
        {
            return Date(_zone);
        }

        if (_zone.At(utc.UnixSeconds - _zone.At(utc.UnixSeconds).Offset).Abbreviation == _zoneName)
        {
            return Date(_zone);
        }

        var hours = 0L;
        if (_zoneName.Length > 3 && _zoneName.StartsWith("GMT", StringComparison.Ordinal))
        {
            GoNumber.TryParseInt(_zoneName[3..], 10, out hours, out _);
        }

        return utc.In(GoZone.Fixed(_zoneName, (int)hours * 3600));
    }

    private GoTimestamp Date(GoZone target) => GoTimestamp.Of(_year, _month, _day, _hour, _minute, _second, _nanosecond, target);
}
