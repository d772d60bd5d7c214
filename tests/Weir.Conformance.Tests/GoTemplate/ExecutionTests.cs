using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Weir.GoTemplate;
using Weir.Testing;
using Weir.Values;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>Go 1.27's <c>text/template</c> execution tests.</summary>
public sealed class ExecutionTests
{
    private const string MultiText1 = "\n\t{{define \"x\"}}TEXT{{end}}\n\t{{define \"dotV\"}}{{.V}}{{end}}\n";
    private const string MultiText2 = "\n\t{{define \"dot\"}}{{.}}{{end}}\n\t{{define \"nested\"}}{{template \"dot\" .}}{{end}}\n";

    private static readonly string KnownDifferences = TestData.Path("..", "GoTemplate", "known-differences.txt");

    [Fact]
    public void Executes_as_Go_does()
    {
        var suite = Start("text/template execution");
        foreach (var row in Rows.Of("texttemplate", "", "execTests"))
        {
            suite.Run(row.Id, () => Execute(row, new TemplateSet(Fixture.Functions)));
        }

        foreach (var row in Rows.Of("texttemplate", "", "multiExecTests"))
        {
            var set = new TemplateSet(Fixture.Functions);
            set.Parse("root", MultiText1);
            set.Parse("root", MultiText2);
            suite.Run(row.Id, () => Execute(row, set));
        }

        foreach (var row in Rows.Of("texttemplate", "TestEmptyTemplate", "cases"))
        {
            suite.Run(row.Id, () => ExecuteEmpty(row));
        }

        suite.Finish();
    }

    [Fact]
    public void Compares_as_Go_does()
    {
        var suite = Start("text/template comparison");
        var data = new FixturePointer(ComparisonData());
        foreach (var row in Rows.Of("texttemplate", "", "cmpTests"))
        {
            suite.Run(row.Id, () =>
            {
                var text = $"{{{{if {row.Text("expr")}}}}}true{{{{else}}}}false{{{{end}}}}";
                var result = Render(new TemplateSet(FunctionTable.Empty), "empty", text, data);
                return Differs(row.Ok, row.Text("truth"), result);
            });
        }

        suite.Finish();
    }

    [Fact]
    public void Knows_what_Go_takes_for_true()
    {
        var suite = Start("text/template truth");
        foreach (var row in Rows.Of("texttemplate", "TestIsTrue", "tests"))
        {
            suite.Run(row.Id, () => Truth.IsTrue(TruthData(row)) == row.Fields.GetProperty("want").GetBoolean() ? null : "differs");
        }

        suite.Finish();
    }

    [Fact]
    public void Escapes_for_JavaScript_as_Go_does()
    {
        var suite = Start("text/template JavaScript");
        foreach (var row in Rows.Of("texttemplate", "TestJSEscaping", "testCases"))
        {
            suite.Run(row.Id, () => Differs(true, row.Text("exp"), Render(new TemplateSet(FunctionTable.Empty), "t", "{{js .}}", row.Text("in"))));
        }

        suite.Finish();
    }

    [Fact]
    public void Reports_errors_as_Go_does()
    {
        var suite = Start("text/template errors");
        foreach (var row in Rows.Of("texttemplate", "TestEvalFieldErrors", "tests"))
        {
            suite.Run(row.Id, () =>
            {
                var error = Render(new TemplateSet(FunctionTable.Empty), "tmpl", row.Text("src"), FieldErrorData(row)).Error;
                var got = error?.Text ?? "<nil>";
                return got.EndsWith(row.Text("want"), StringComparison.Ordinal) ? null : $"want {row.Text("want")}, got {got}";
            });
        }

        foreach (var test in (string[])["TestExecutePanicDuringCall", "TestFunctionCheckDuringCall"])
        {
            foreach (var row in Rows.Of("texttemplate", test, "tests"))
            {
                suite.Run(row.Id, () =>
                {
                    Value data = row.IsCode("data") ? Fixture.NilT
                        : row.Fields.GetProperty("data").ValueKind == JsonValueKind.Null ? NullValue.Instance
                        : Fixture.TVal;
                    return Fails(row.Text("wantErr"), Render(new TemplateSet(Fixture.Functions), "t", row.Text("input"), data));
                });
            }
        }

        var interfaces = new MapValue
        {
            ["PlusOne"] = new GoFunction(new TemplateFunction("", "func(int) int", (_, a) => Fixture.Int(a.Int(0) + 1))),
            ["Slice"] = Fixture.Ints(0, 1, 2, 3),
            ["One"] = Fixture.Int(1),
            ["Two"] = Fixture.Int(2),
            ["Nil"] = NullValue.Instance,
            ["Zero"] = Fixture.Int(0),
        };
        foreach (var row in Rows.Of("texttemplate", "TestInterfaceValues", "tests"))
        {
            suite.Run(row.Id, () =>
            {
                var result = Render(new TemplateSet(FunctionTable.Empty), "tmpl", row.Text("text"), interfaces);
                var wanted = row.Text("out");
                return wanted.StartsWith("ERROR: ", StringComparison.Ordinal)
                    ? Fails(wanted["ERROR: ".Length..], result)
                    : Differs(true, wanted, result);
            });
        }

        suite.Finish();
    }

    private static Suite Start(string name)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        return new Suite(name, KnownDifferences);
    }

    private static string? Execute(Row row, TemplateSet set)
    {
        var input = row.IsCode("input")
            ? row.Name == "ideal too big" ? "{{typeOf 0x8000000000000000}}" : "{{typeOf 0x7fffffffffffffff}}"
            : row.Text("input");
        return Differs(row.Ok, ExpectedOutput(row), Render(set, row.Name, input, ExecutionData(row)));
    }

    private static string ExpectedOutput(Row row)
    {
        if (!row.IsCode("output"))
        {
            return row.Text("output");
        }

        var type = row.Name.StartsWith("range 5", StringComparison.Ordinal) ? "int" : row.Name["range ".Length..];
        var output = new StringBuilder();
        for (var i = 0; i < 5; i++)
        {
            output.Append(CultureInfo.InvariantCulture, $"{type}{i}");
        }

        return output.ToString();
    }

    private static Value ExecutionData(Row row)
    {
        switch (row.Name)
        {
            case "dot uint":
                return new IntValue(14, IntegerType.UInt);
            case "dot complex":
                return new GoComplex(new Complex(16.2, -17));
            case "dot struct":
                return new FixtureStruct("struct").With("a", Fixture.Int(7)).With("b", "seven");
            case "method on nil value from slice":
                return new FixtureValue(ReflectType.Parse("[]*template.T"), new ListValue([Fixture.NilT]));
            case "Interface Call":
                return new MapValue { ["S"] = new FixturePointer(new FixtureStruct("bytes.Buffer") { Text = "foozle" }) };
            case "bug1":
                return new FixturePointer(ReflectType.PointerTo(ReflectType.Named("template.I", ReflectKind.Interface)), Fixture.TVal);
            case "bug9":
                return new MapValue { ["cause"] = "neglect", };
            case "bug18a":
                return new IntValue('.', IntegerType.Int32);
            case "bug18b":
                return new IntValue('e', IntegerType.Int32);
            case "bug18c":
                return new IntValue('P', IntegerType.Int32);
            case "range uintptr(0)":
                return new FixtureValue(ReflectType.UIntPtr, new IntValue(0, IntegerType.UInt));
            case "range uintptr":
                return new FixtureValue(ReflectType.UIntPtr, new IntValue(5, IntegerType.UInt));
        }

        if (row.Name.Contains("iter.Seq2", StringComparison.Ordinal))
        {
            return Fixture.PairSequence(row.Name.EndsWith("else", StringComparison.Ordinal) ? 0 : 2);
        }

        if (row.Name.Contains("iter.Seq", StringComparison.Ordinal))
        {
            return Fixture.Sequence(row.Name.EndsWith("else", StringComparison.Ordinal) ? 0 : 2);
        }

        if (row.Name.StartsWith("range ", StringComparison.Ordinal)
            && Enum.TryParse<IntegerType>(row.Name["range ".Length..], ignoreCase: true, out var type))
        {
            return new IntValue(5, type);
        }

        var data = row.Fields.GetProperty("data");
        if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("SICap", out _))
        {
            return row.Name.StartsWith("bug11", StringComparison.Ordinal) || row.Name.StartsWith("bug12", StringComparison.Ordinal)
                ? Fixture.EmptyT()
                : Fixture.TVal;
        }

        return row.IsCode("data") ? Fixture.EmptyT() : Plain(data);
    }

    private static Value Plain(JsonElement data) => data.ValueKind switch
    {
        JsonValueKind.Null => NullValue.Instance,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => data.GetString()!,
        JsonValueKind.Number when data.GetRawText().Contains('.', StringComparison.Ordinal) => data.GetDouble(),
        JsonValueKind.Number => Fixture.Int(data.GetInt64()),
        JsonValueKind.Array => Fixture.Ints([.. data.EnumerateArray().Select(e => e.GetInt64())]),
        _ => Fixture.IntMap([.. data.EnumerateObject().Select(p => (p.Name, p.Value.GetInt64()))]),
    };

    private static string? ExecuteEmpty(Row row)
    {
        var set = new TemplateSet(FunctionTable.Empty);
        var template = default(Template);
        foreach (var definition in row.Fields.GetProperty("defn").EnumerateArray())
        {
            set.Parse("root", definition.GetString()!);
            set.TryFind("root", out template);
        }

        return template is null
            ? row.Text("want").Length == 0 ? null : "no template"
            : Differs(true, row.Text("want"), set.Execute(template, row.Text("in"), new FixtureHost()));
    }

    private static FixtureStruct ComparisonData() => new FixtureStruct("struct")
        .With("Uthree", new IntValue(3, IntegerType.UInt))
        .With("Ufour", new IntValue(4, IntegerType.UInt))
        .With("NegOne", Fixture.Int(-1))
        .With("Three", Fixture.Int(3))
        .With("Ptr", new FixturePointer(Fixture.Int(0)))
        .With("NilPtr", new GoNil(ReflectType.Parse("*int")))
        .With("NonNilMap", new GoMap(ReflectType.Parse("map[int]int")))
        .With("Map", new GoNil(ReflectType.Parse("map[int]int")))
        .With("V1", new FixtureStruct("template.V"))
        .With("V2", new FixtureStruct("template.V"))
        .With("Iface1", new FixturePointer(new FixtureStruct("strings.Builder") { Text = "" }))
        .With("NilIface", new GoNil(ReflectType.Stringer));

    private static Value TruthData(Row row) => row.Key switch
    {
        0 => Fixture.Int(1),
        1 => Fixture.Int(0),
        2 => new IntValue(1, IntegerType.UInt8),
        3 => new IntValue(0, IntegerType.UInt8),
        4 => 1.0,
        5 => 0.0,
        6 => new GoComplex(1),
        7 => new GoComplex(0),
        8 => true,
        9 => false,
        10 => new FixtureValue(ReflectType.Parse("[2]int"), Fixture.Ints(1, 2)),
        11 => new FixtureValue(ReflectType.Parse("[0]int"), Fixture.Ints()),
        12 => new ListValue([new IntValue('a', IntegerType.UInt8)]) { ElementType = ElementType.Byte },
        13 => new ListValue { ElementType = ElementType.Byte },
        14 => Fixture.IntMap(("a", 1), ("b", 2)),
        15 => Fixture.IntMap(),
        16 => new FixtureValue(ReflectType.ChanOf(ReflectType.Int)),
        17 => new GoNil(ReflectType.ChanOf(ReflectType.Int)),
        18 => new GoNil(ReflectType.Parse("*int")),
        19 => new FixtureValue(ReflectType.Named("unsafe.Pointer", ReflectKind.UnsafePointer)),
        20 => new FixtureValue(ReflectType.Named("unsafe.Pointer", ReflectKind.UnsafePointer)) { Nil = true },
        _ => throw new ArgumentOutOfRangeException(nameof(row), row.Key, "A row that was not there."),
    };

    private static FixturePointer FieldErrorData(Row row) => row.Name switch
    {
        "MissingFieldOnNil" or "ExistingFieldOnNil" => Fixture.NilT,
        "MissingFieldOnNonNil" => new FixturePointer(Fixture.EmptyT()),
        "MissingKeyOnMapPtrToNil" => new FixturePointer(new MapValue { ElementType = ElementType.String }),
        _ => new FixturePointer(ReflectType.Parse("*map[string]string"), null),
    };

    private static TemplateResult Render(TemplateSet set, string name, string text, Value data)
    {
        var error = set.Parse(name, text, out var template);
        return error is null ? set.Execute(template!, data, new FixtureHost()) : new TemplateResult("", error);
    }

    private static string? Differs(bool succeeds, string expected, TemplateResult result)
    {
        if (succeeds != result.Succeeded)
        {
            return succeeds ? $"failed: {result.Error!.Text}" : "succeeded";
        }

        return result.Text == expected ? null : $"want {GoQuote.Quote(expected)}, got {GoQuote.Quote(result.Text)}";
    }

    private static string? Fails(string expected, TemplateResult result)
    {
        var got = result.Error?.Text ?? "no error";
        return got.Contains(expected, StringComparison.Ordinal) ? null : $"want {expected}, got {got}";
    }
}
