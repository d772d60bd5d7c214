using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Random text and numbers, from the host's stream for the place of the call.</summary>
internal static class RandomFunctions
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly string Printable = string.Concat(Enumerable.Range(' ', 127 - ' ').Select(c => (char)c));

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        OfCharacters("randAlphaNum", Letters + Digits),
        OfCharacters("randAlpha", Letters),
        OfCharacters("randNumeric", Digits),
        OfCharacters("randAscii", Printable),
        new("randBytes", "func(int) (string, error)", Bytes),
        new("randInt", "func(int, int) int", Number),
        new("shuffle", "func(string) string", Shuffle),
        new("uuidv4", "func() string", static (c, _) => Uuid(RandomStream.Take(c))),
    ]);

    private static TemplateFunction OfCharacters(string name, string characters) => new(name, "func(int) string", (context, arguments) =>
    {
        var count = arguments.Int(0);
        if (count <= 0)
        {
            return StringValue.Empty;
        }

        if (count > GoText.MaxLength)
        {
            return context.Fail("runtime error: makeslice: len out of range");
        }

        var random = RandomStream.Take(context);
        return string.Create((int)count, (random, characters), static (text, state) =>
        {
            foreach (ref var c in text)
            {
                c = state.characters[(int)state.random.Next(state.characters.Length)];
            }
        });
    });

    private static Value? Bytes(CallContext context, Arguments arguments)
    {
        var count = arguments.Int(0);
        if (count is < 0 or > GoText.MaxLength)
        {
            return context.Fail("runtime error: makeslice: len out of range");
        }

        var bytes = new byte[count];
        RandomStream.Take(context).Fill(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static Value? Number(CallContext context, Arguments arguments)
    {
        var (min, max) = (arguments.Int(0), arguments.Int(1));
        var range = unchecked(max - min);
        return range <= 0
            ? context.Fail("invalid argument to Intn")
            : GoValue.Int(min + RandomStream.Take(context).Next(range));
    }

    private static Value? Shuffle(CallContext context, Arguments arguments)
    {
        var runes = GoText.Runes(arguments.String(0));
        var random = RandomStream.Take(context);
        for (var i = runes.Count - 1; i > 0; i--)
        {
            var other = (int)random.Next(i + 1);
            (runes[i], runes[other]) = (runes[other], runes[i]);
        }

        var output = new StringBuilder(runes.Count);
        foreach (var rune in runes)
        {
            output.Append(rune.ToString());
        }

        return output.ToString();
    }

    private static string Uuid(RandomStream random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }
}
