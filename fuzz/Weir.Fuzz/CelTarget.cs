using System.Text;
using Weir.Cel;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>CEL: never throws; what compiles ends, with an answer or an error, within its cost; the cost is told.</summary>
internal static class CelTarget
{
    private const long CostLimit = 100_000;

    private static readonly CelEnvironment Environment = new(
    [
        new("self", CelType.Map(CelType.String, CelType.Dyn)), new("list", CelType.List(CelType.String)), new("text", CelType.String),
        new("number", CelType.Int), new("any", CelType.Dyn),
    ]);

    private static readonly MapValue Self = new()
    {
        ["a"] = 1, ["b"] = new ListValue { 1, "x", new MapValue { ["c"] = true } }, ["d"] = new MapValue { ["e"] = 2.5 }, ["n"] = NullValue.Instance,
    };

    public static FuzzTarget Create() => new(
        "cel",
        [
            "self.b.all(x, x != null) && has(self.d.e) ? list.map(t, t.size()).sum() : number"u8.ToArray(),
            "list.exists_one(t, t.matches('^[a-z]+(x|y)*$')) || text.find('[0-9]+').split('')[0] == '1'"u8.ToArray(),
            "lists.range(number).filter(i, i % 2 == 0).map(i, [i, i]).flatten().sort().reverse().slice(0, 2)"u8.ToArray(),
            "optional.of(self).optMap(s, s.?a.orValue(0)).value() + int(duration('1h30m').getSeconds())"u8.ToArray(),
            "'%s %d %.2f'.format([any, number, 1.5]) + string(timestamp('2020-01-01T00:00:00Z')) + b'\\x00' == text"u8.ToArray(),
            "{'a': {1: [true, 0x1Fu, 1e3]}}.transformMap(k, v, k + \"\"\"\\u00e9\"\"\").a.lowerAscii().replace('a', text)"u8.ToArray(),
            "quantity('1Gi').isLessThan(quantity(text)) || ip(text).family() == 4 || url(text).getHost() == '' || semver(text).major() > 1"u8.ToArray(),
            "cidr('10.0.0.0/8').containsIP(text) && !format.dns1123Label().validate(text).hasValue() && sets.contains(list, [text])"u8.ToArray(),
            "-(1u) in [2u, 3u] ? self['b'][?5].hasValue() : (any == null || !any.x.y[0].z)"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var (expression, error, _) = CelExpression.Compile(text, Environment);
        if (expression is null)
        {
            if (error.Length == 0)
            {
                throw new InvalidOperationException("refused without a reason");
            }

            return;
        }

        _ = expression.EstimateCost(new Dictionary<string, CelSchema>());
        var result = expression.Run(
            name => name switch
            {
                "self" => Self,
                "list" => new ListValue { "a", "bx", "" },
                "text" => "10.0.0.1",
                "number" => 7,
                _ => Self["d"],
            },
            CostLimit);
        if (result.Cost > CostLimit && result.Error is not { Message: "operation cancelled: actual cost limit exceeded" })
        {
            throw new InvalidOperationException($"cost {result.Cost} without an error");
        }

        _ = CelValues.Plain(result.Value).ToString();
    }
}
