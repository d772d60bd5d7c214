namespace Weir.GoTemplate;

/// <summary>What an element of a reference layout stands for.</summary>
internal enum LayoutElement
{
    None,
    LongMonth,
    ShortMonth,
    Month,
    ZeroMonth,
    LongWeekday,
    ShortWeekday,
    Day,
    SpaceDay,
    ZeroDay,
    SpaceYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    Offset,
    Fraction0,
    Fraction9,
}

/// <summary>The next element of a layout: where it stands, and the shape of an offset or the digits of a fraction.</summary>
internal readonly record struct LayoutPart(int Start, int End, LayoutElement Element, OffsetShape Shape = default, int Digits = 0)
{
    private static readonly (string Text, bool HasColon, bool HasMinutes, bool HasSeconds)[] Offsets =
    [
        ("070000", false, true, true),
        ("07:00:00", true, true, true),
        ("0700", false, true, false),
        ("07:00", true, true, false),
        ("07", false, false, false),
    ];

    /// <summary>Finds the first element at or after a place; one of kind <see cref="LayoutElement.None"/> at the end.</summary>
    public static LayoutPart Next(string layout, int from)
    {
        for (var i = from; i < layout.Length; i++)
        {
            if (At(layout, i) is { Element: not LayoutElement.None } part)
            {
                return part;
            }
        }

        return new LayoutPart(layout.Length, layout.Length, LayoutElement.None);
    }

    private static LayoutPart At(string layout, int i)
    {
        var rest = layout.AsSpan(i);
        return layout[i] switch
        {
            'J' when rest.StartsWith("January") => Part(i, 7, LayoutElement.LongMonth),
            'J' when rest.StartsWith("Jan") && !StartsLower(rest[3..]) => Part(i, 3, LayoutElement.ShortMonth),
            'M' when rest.StartsWith("Monday") => Part(i, 6, LayoutElement.LongWeekday),
            'M' when rest.StartsWith("Mon") && !StartsLower(rest[3..]) => Part(i, 3, LayoutElement.ShortWeekday),
            'M' when rest.StartsWith("MST") => Part(i, 3, LayoutElement.ZoneName),
            '0' when rest.Length >= 2 && rest[1] is >= '1' and <= '6' => Part(i, 2, ZeroElement(rest[1])),
            '0' when rest.StartsWith("002") => Part(i, 3, LayoutElement.ZeroYearDay),
            '1' when rest.StartsWith("15") => Part(i, 2, LayoutElement.Hour),
            '1' => Part(i, 1, LayoutElement.Month),
            '2' when rest.StartsWith("2006") => Part(i, 4, LayoutElement.LongYear),
            '2' => Part(i, 1, LayoutElement.Day),
            '_' when rest.StartsWith("_2006") => Part(i + 1, 4, LayoutElement.LongYear),
            '_' when rest.StartsWith("_2") => Part(i, 2, LayoutElement.SpaceDay),
            '_' when rest.StartsWith("__2") => Part(i, 3, LayoutElement.SpaceYearDay),
            '3' => Part(i, 1, LayoutElement.Hour12),
            '4' => Part(i, 1, LayoutElement.Minute),
            '5' => Part(i, 1, LayoutElement.Second),
            'P' when rest.StartsWith("PM") => Part(i, 2, LayoutElement.UpperPm),
            'p' when rest.StartsWith("pm") => Part(i, 2, LayoutElement.LowerPm),
            '-' => OffsetAt(rest, i, isIso: false),
            'Z' => OffsetAt(rest, i, isIso: true),
            '.' or ',' => FractionAt(rest, i),
            _ => default,
        };
    }

    private static LayoutPart Part(int start, int length, LayoutElement element) => new(start, start + length, element);

    private static LayoutElement ZeroElement(char digit) => digit switch
    {
        '1' => LayoutElement.ZeroMonth,
        '2' => LayoutElement.ZeroDay,
        '3' => LayoutElement.ZeroHour12,
        '4' => LayoutElement.ZeroMinute,
        '5' => LayoutElement.ZeroSecond,
        _ => LayoutElement.Year,
    };

    private static LayoutPart OffsetAt(ReadOnlySpan<char> rest, int start, bool isIso)
    {
        foreach (var (text, colon, minutes, seconds) in Offsets)
        {
            if (rest[1..].StartsWith(text))
            {
                return new LayoutPart(start, start + 1 + text.Length, LayoutElement.Offset, new OffsetShape(isIso, colon, minutes, seconds));
            }
        }

        return default;
    }

    private static LayoutPart FractionAt(ReadOnlySpan<char> rest, int start)
    {
        if (rest.Length < 2 || rest[1] is not ('0' or '9'))
        {
            return default;
        }

        var end = 2;
        while (end < rest.Length && rest[end] == rest[1])
        {
            end++;
        }

        // Digits that go on are no fraction.
        return end < rest.Length && char.IsAsciiDigit(rest[end])
            ? default
            : new LayoutPart(start, start + end, rest[1] == '0' ? LayoutElement.Fraction0 : LayoutElement.Fraction9, Digits: end - 1);
    }

    private static bool StartsLower(ReadOnlySpan<char> rest) => !rest.IsEmpty && rest[0] is >= 'a' and <= 'z';
}

/// <summary>How an offset is written: with <c>Z</c> for none, with colons, with minutes, with seconds.</summary>
internal readonly record struct OffsetShape(bool IsIso, bool HasColon, bool HasMinutes, bool HasSeconds)
{
    /// <summary>The characters of an offset with its sign.</summary>
    public int Length => 3 + (HasMinutes ? 2 : 0) + (HasSeconds ? 2 : 0) + (HasColon ? (HasSeconds ? 2 : 1) : 0);
}
