using System.Globalization;
using System.Numerics;
using Weir.GoTemplate;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>The object and the functions that the upstream execution tests use.</summary>
internal static class Fixture
{
    private static readonly string[] FieldNames = ["X", "U", "GetU"];

    public static FunctionTable Functions { get; } = FunctionTable.Create(
        new("add", "func(...int) int", (_, a) =>
        {
            long sum = 0;
            foreach (var item in a.From(0))
            {
                sum += ((IntValue)item).Value;
            }

            return Int(sum);
        }),
        new("count", "func(int) chan string", (_, a) => Channel((int)a.Int(0))),
        new("dddArg", "func(int, ...string) string", (_, a) =>
            GoFormat.Sprintln(a[0], new ListValue(a.From(1).ToArray()) { ElementType = ElementType.String })),
        new("die", "func() bool", (context, _) => context.Fail("die")),
        new("echo", "func(any) any", (_, a) => a[0]),
        new("makemap", "func(...string) map[string]string", MakeMap),
        new("mapOfThree", "func() any", (_, _) => new MapValue { ["three"] = Int(3) }),
        new("oneArg", "func(string) string", (_, a) => "oneArg=" + a.String(0)),
        new("returnInt", "func() int", (_, _) => Int(7)),
        new("stringer", "func(fmt.Stringer) string", (_, a) => ((GoObject)a[0]).ToText()!),
        new("twoArgs", "func(string, string) string", (_, a) => "twoArgs=" + a.String(0) + a.String(1)),
        new("typeOf", "func(any) string", (_, a) => GoFormat.TypeName(a[0])),
        new("valueString", "func(string) string", (_, _) => "value is ignored"),
        new("vfunc", "func(template.V, *template.V) string", (_, _) => "vfunc"),
        new("zeroArgs", "func() string", (_, _) => "zeroArgs"),
        new("doPanic", "func() string", (context, _) => context.Fail("custom panic string")));

    /// <summary>A nil <c>*T</c>.</summary>
    public static FixturePointer NilT { get; } = new(
        ReflectType.PointerTo(ReflectType.Named("template.T", ReflectKind.Struct)),
        null,
        new("Method0", "func() string", (_, _) => "M0"),
        new("Method1", "func(int) int", (_, a) => a[0]),
        new("GetU", "func() *template.U", (context, _) =>
            context.Fail("runtime error: invalid memory address or nil pointer dereference")))
    {
        FieldNames = FieldNames,
    };

    /// <summary>The tests' <c>tVal</c>: a pointer to the struct with everything in it.</summary>
    public static FixturePointer TVal { get; } = new(CreateT());

    public static IntValue Int(long value) => new(value, IntegerType.Int);

    public static ListValue Ints(params long[] values) => new(values.Select(v => (Value)Int(v))) { ElementType = ElementType.Int };

    /// <summary>A map with integers as elements.</summary>
    public static MapValue IntMap(params (string Key, long Value)[] entries) =>
        new(entries.Select(e => KeyValuePair.Create(e.Key, (Value)Int(e.Value)))) { ElementType = ElementType.Int };

    public static FixtureValue Sequence(int count) => new(ReflectType.Parse("iter.Seq"))
    {
        Walk = Iteration.Single,
        Items = Enumerable.Range(0, count).Select(i => KeyValuePair.Create((Value)Int(i), (Value)Int(i))),
    };

    public static FixtureValue PairSequence(int count) => new(ReflectType.Parse("iter.Seq2"))
    {
        Walk = Iteration.Pairs,
        Items = Enumerable.Range(0, count).Select(i => KeyValuePair.Create((Value)Int(i), (Value)Int(i + 1))),
    };

    /// <summary>A type <c>T</c> with little in it.</summary>
    public static FixtureStruct EmptyT(string x = "") => new FixtureStruct("template.T")
        .With("X", x)
        .With("PS", new GoNil(ReflectType.Parse("*string")))
        .With(
            new TemplateFunction("Method0", "func() string", (_, _) => "M0"),
            new TemplateFunction("Method1", "func(int) int", (_, a) => a[0]));

    private static FixtureStruct CreateT()
    {
        var u = new FixtureStruct("template.U").With("V", "v").With(
            new TemplateFunction("TrueFalse", "func(bool) string", (_, a) => a.Bool(0) ? "true" : ""));
        var s = new FixtureValue(ReflectType.Named("template.S", ReflectType.StringList), new ListValue(["a", "b"]) { ElementType = ElementType.String })
        {
            Methods = [new("Method0", "func() string", (_, _) => "M0")],
        };
        var type = ReflectType.Named("template.V", ReflectKind.Struct);
        var errors = ReflectType.Named("template.W", ReflectKind.Struct);
        var iType = ReflectType.Named("template.I", ReflectKind.Interface);
        return new FixtureStruct("template.T") { HiddenField = "unexported" }
            .With("True", true)
            .With("I", Int(17))
            .With("U16", new IntValue(16, IntegerType.UInt16))
            .With("X", "x")
            .With("S", "xyz")
            .With("FloatZero", 0.0)
            .With("ComplexZero", new GoComplex(Complex.Zero))
            .With("U", new FixturePointer(u))
            .With("V0", new FixtureStruct("template.V") { Text = "<6666>" }.With("j", Int(6666)))
            .With("V1", new FixturePointer(new FixtureStruct("template.V") { Text = "<7777>" }.With("j", Int(7777))))
            .With("V2", new FixturePointer(ReflectType.PointerTo(type), null) { NilText = "nilV" })
            .With("W0", new FixtureStruct("template.W") { Text = "[888]" }.With("k", Int(888)))
            .With("W1", new FixturePointer(new FixtureStruct("template.W") { Text = "[999]" }.With("k", Int(999))))
            .With("W2", new FixturePointer(ReflectType.PointerTo(errors), null) { NilText = "nilW" })
            .With("SI", Ints(3, 4, 5))
            .With("SICap", new FixtureValue(ReflectType.SliceOf(ReflectType.Int), Ints(0, 0, 0, 0, 0)) { Reserve = Ints(new long[10]) })
            .With("SIEmpty", new GoNil(ReflectType.SliceOf(ReflectType.Int)))
            .With("SB", new ListValue([BoolValue.True, BoolValue.False]) { ElementType = ElementType.Bool })
            .With("AI", new FixtureValue(ReflectType.ArrayOf(3, ReflectType.Int), Ints(3, 4, 5)))
            .With("PAI", new FixturePointer(new FixtureValue(ReflectType.ArrayOf(3, ReflectType.Int), Ints(3, 4, 5))))
            .With("MSI", IntMap(("one", 1), ("two", 2), ("three", 3)))
            .With("MSIone", IntMap(("one", 1)))
            .With("MSIEmpty", new GoNil(ReflectType.Parse("map[string]int")))
            .With("MXI", Map("map[any]int", ("one", Int(1))))
            .With("MII", Map("map[int]int", (Int(1), Int(1))))
            .With("MI32S", Numbered(IntegerType.Int32, (1, "one"), (2, "two")))
            .With("MI64S", Numbered(IntegerType.Int64, (2, "i642"), (3, "i643")))
            .With("MUI32S", Numbered(IntegerType.UInt32, (2, "u322"), (3, "u323")))
            .With("MUI64S", Numbered(IntegerType.UInt64, (2, "ui642"), (3, "ui643")))
            .With("MI8S", Numbered(IntegerType.Int8, (2, "i82"), (3, "i83")))
            .With("MUI8S", Numbered(IntegerType.UInt8, (2, "u82"), (3, "u83")))
            .With("SMSI", new ListValue([IntMap(("one", 1), ("two", 2)), IntMap(("eleven", 11), ("twelve", 12))]))
            .With("Empty0", NullValue.Instance)
            .With("Empty1", Int(3))
            .With("Empty2", "empty2")
            .With("Empty3", Ints(7, 8))
            .With("Empty4", new FixturePointer(new FixtureStruct("template.U").With("V", "UinEmpty")))
            .With("NonEmptyInterface", new FixturePointer(EmptyT("x")))
            .With("NonEmptyInterfacePtS", new FixturePointer(ReflectType.PointerTo(iType), s))
            .With("NonEmptyInterfaceNil", new GoNil(iType))
            .With("NonEmptyInterfaceTypedNil", NilT)
            .With("Str", new FixturePointer(new FixtureStruct("bytes.Buffer") { Text = "foozle" }))
            .With("Err", new FixturePointer(new FixtureStruct("errors.errorString") { Text = "erroozle" }))
            .With("PI", new FixturePointer(Int(23)))
            .With("PS", new FixturePointer(new StringValue("a string")))
            .With("PSI", new FixturePointer(Ints(21, 22, 23)))
            .With("NIL", new GoNil(ReflectType.Parse("*int")))
            .With("UPI", new FixtureValue(ReflectType.Named("unsafe.Pointer", ReflectKind.UnsafePointer)))
            .With("EmptyUPI", new FixtureValue(ReflectType.Named("unsafe.Pointer", ReflectKind.UnsafePointer)) { Nil = true })
            .With("BinaryFunc", Func("func(string, string) string", (_, a) => $"[{a.String(0)}={a.String(1)}]"))
            .With("VariadicFunc", Func("func(...string) string", (_, a) => $"<{Join(a.From(0))}>"))
            .With("VariadicFuncInt", Func("func(int, ...string) string", (_, a) => $"{a.Int(0)}=<{Join(a.From(1))}>"))
            .With("NilOKFunc", Func("func(*int) bool", (_, a) => a[0] is GoObject { IsNil: true }))
            .With("ErrFunc", Func("func() (string, error)", (_, _) => "bla"))
            .With("PanicFunc", Func("func() string", (context, _) => context.Fail("test panic")))
            .With("TooFewReturnCountFunc", Func("func()", (_, _) => null))
            .With("TooManyReturnCountFunc", Func("func() (string, error, int)", (_, _) => ""))
            .With("InvalidReturnTypeFunc", Func("func() (string, bool)", (_, _) => ""))
            .With("Tmpl", new FixturePointer(new FixtureStruct("template.Template")))
            .With(
                new("Method0", "func() string", (_, _) => "M0"),
                new("Method1", "func(int) int", (_, a) => a[0]),
                new("Method2", "func(uint16, string) string", (_, a) => $"Method2: {a.Int(0)} {a.String(1)}"),
                new("Method3", "func(any) string", (_, a) => "Method3: " + GoFormat.ToText(a[0])),
                new("Copy", "func() *template.T", (_, _) => TVal),
                new("MAdd", "func(int, []int) []int", (_, a) =>
                {
                    var added = a.Int(0);
                    return Ints([.. a.List(1)!.Select(i => ((IntValue)i).Value + added)]);
                }),
                new("MyError", "func(bool) (bool, error)", (context, a) => a.Bool(0) ? context.Fail("my error") : false),
                new("GetU", "func() *template.U", (_, _) => new FixturePointer(u)));
    }

    private static GoFunction Func(string signature, FunctionBody body) => new(new TemplateFunction("", signature, body));

    private static GoMap Map(string type, params (Value Key, Value Value)[] entries) =>
        new(ReflectType.Parse(type), entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));

    private static GoMap Numbered(IntegerType key, params (int Key, string Value)[] entries) => new(
        ReflectType.MapOf(ReflectType.OfInteger(key), ReflectType.String),
        entries.Select(e => KeyValuePair.Create((Value)new IntValue(e.Key, key), (Value)e.Value)));

    private static string Join(ReadOnlySpan<Value> texts) => string.Join('+', texts.ToArray().Select(t => t.ToString()));

    private static GoObject Channel(int count) => count == 0
        ? new GoNil(ReflectType.ChanOf(ReflectType.String))
        : new FixtureValue(ReflectType.ChanOf(ReflectType.String))
        {
            Walk = Iteration.Indexed,
            Items = Enumerable.Range(0, count)
                .Select(i => KeyValuePair.Create((Value)Int(i), (Value)((char)('a' + i)).ToString(CultureInfo.InvariantCulture))),
        };

    private static Value? MakeMap(CallContext context, Arguments arguments)
    {
        if (arguments.Count % 2 != 0)
        {
            return context.Fail("bad makemap");
        }

        var map = new MapValue { ElementType = ElementType.String };
        for (var i = 0; i < arguments.Count; i += 2)
        {
            map[arguments.String(i)] = arguments[i + 1];
        }

        return map;
    }
}
