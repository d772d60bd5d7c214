using Weir.Values;

namespace Weir.Kubernetes.Tests.Ownership;

/// <summary>What must hold after any sequence of applies by several managers, whatever they apply.</summary>
public sealed class AppliedSequenceTests
{
    private static readonly Schema Things = CustomSchema.ReadObject(Json.Map("""
        {'type':'object','properties':{'spec':{'type':'object','properties':{
          'size':{'type':'integer'},
          'open':{'type':'object','x-kubernetes-preserve-unknown-fields':true},
          'labels':{'type':'object','additionalProperties':{'type':'string'}},
          'whole':{'type':'object','x-kubernetes-map-type':'atomic','additionalProperties':{'type':'integer'}},
          'list':{'type':'array','items':{'type':'integer'}},
          'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},
          'parts':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name','port'],
            'items':{'type':'object','required':['name'],'properties':{
              'name':{'type':'string'},'port':{'type':'integer','default':80},'on':{'type':'boolean'},
              'deep':{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'}}}}}}}}}}
        """));

    private static readonly OwnershipContext Context = new()
    {
        Schema = Things,
        ApiVersion = "example.com/v1",
        Kind = "Thing",
        Now = "2026-01-31T12:00:00Z",
    };

    private static readonly string[] Managers = ["one", "two", "three"];

    public static IEnumerable<TheoryDataRow<int>> Seeds() => Enumerable.Range(1, 40).Select(static i => new TheoryDataRow<int>(i));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Applying_the_same_again_changes_nothing(int seed)
    {
        var (live, last) = Play(seed, 12);
        foreach (var (manager, configuration) in last)
        {
            live = FieldOwnership.Apply(live, configuration, manager, true, Context).Object!;
            var again = FieldOwnership.Apply(live, configuration, manager, true, Context);
            Assert.True(again.IsUnchanged, $"{manager} {configuration}\n{live}\n{again.Object}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_last_manager_has_what_it_applied(int seed)
    {
        var random = new Random(seed);
        var (live, _) = Play(seed, 8);
        for (var i = 0; i < 20; i++)
        {
            var configuration = Configuration(random);
            var manager = Managers[random.Next(Managers.Length)];
            live = FieldOwnership.Apply(live, configuration, manager, true, Context).Object!;
            Assert.Equal(FieldsOf(configuration), FieldsOf(live, manager));
            AssertThere(FieldsOf(configuration), live);
            var repeated = FieldOwnership.Apply(live, configuration, manager, false, Context);
            Assert.Empty(repeated.Conflicts);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Everything_has_an_owner_and_everything_that_is_owned_is_there(int seed)
    {
        var (live, _) = Play(seed, 15);
        var owned = FieldSet.Empty;
        foreach (var manager in Managers)
        {
            AssertThere(FieldsOf(live, manager), live);
            owned = owned.Union(FieldsOf(live, manager));
        }

        Assert.Equal(FieldSet.Empty, FieldsOf(live).Except(owned));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void When_all_apply_nothing_nothing_is_left(int seed)
    {
        var (live, _) = Play(seed, 15);
        foreach (var manager in Managers)
        {
            live = FieldOwnership.Apply(live, Thing([]), manager, false, Context).Object!;
        }

        Assert.Null(live.GetMap("metadata")!.GetList("managedFields"));
        Assert.True(live["spec"] is null or NullValue or MapValue { Count: 0 }, $"{live}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_conflict_is_a_field_of_another_that_would_change(int seed)
    {
        var random = new Random(-seed);
        var (live, _) = Play(seed, 8);
        for (var i = 0; i < 20; i++)
        {
            var configuration = Configuration(random);
            var careful = FieldOwnership.Apply(live, configuration, "four", false, Context);
            var forced = FieldOwnership.Apply(live, configuration, "four", true, Context).Object!;
            var lost = new List<string>();
            foreach (var manager in Managers)
            {
                lost.AddRange(FieldsOf(live, manager).Except(FieldsOf(forced, manager)).Paths());
            }

            // What goes because a map became a number is no conflict of its own.
            var conflicts = careful.Conflicts.Select(static c => c.Field).ToList();
            Assert.Subset(lost.ToHashSet(StringComparer.Ordinal), conflicts.ToHashSet(StringComparer.Ordinal));
            Assert.DoesNotContain(lost, l => !conflicts.Any(c => l.StartsWith(c, StringComparison.Ordinal)));
        }
    }

    // Who owns an empty map owns it also when others fill it.
    private static void AssertThere(FieldSet fields, MapValue live)
    {
        var there = FieldsOf(live).Paths().ToList();
        Assert.DoesNotContain(fields.Paths(), f => !there.Any(t => t.StartsWith(f, StringComparison.Ordinal)));
    }

    private static (MapValue Live, Dictionary<string, MapValue> Last) Play(int seed, int writes)
    {
        var random = new Random(seed);
        var last = new Dictionary<string, MapValue>();
        MapValue? live = null;
        for (var i = 0; i < writes; i++)
        {
            var manager = Managers[random.Next(Managers.Length)];
            var configuration = Configuration(random);
            var result = FieldOwnership.Apply(live, configuration, manager, true, Context);
            Assert.True(result.IsAccepted, result.Error);
            (live, last[manager]) = (result.Object, configuration);
        }

        return (live!, last);
    }

    private static MapValue Configuration(Random random)
    {
        var spec = new MapValue();
        Maybe("size", () => random.Next(3));
        Maybe("open", () => Open(random, 2));
        Maybe("labels", () => Map(random, static r => "v" + r.Next(3)));
        Maybe("whole", () => Map(random, static r => r.Next(3)));
        Maybe("list", () => new ListValue(Enumerable.Range(0, random.Next(4)).Select(_ => (Value)random.Next(3))));
        Maybe("set", () => new ListValue(Names(random).Select(static n => (Value)n)));
        Maybe("parts", () => new ListValue(Names(random).Select(n => (Value)Part(n, random))));
        return Thing(spec);

        void Maybe(string name, Func<Value> value)
        {
            if (random.Next(2) == 0)
            {
                spec[name] = value();
            }
        }
    }

    private static MapValue Part(string name, Random random)
    {
        var part = new MapValue { ["name"] = name };
        if (random.Next(2) == 0)
        {
            part["port"] = 80 + random.Next(2);
        }

        if (random.Next(2) == 0)
        {
            part["on"] = random.Next(2) == 0;
        }

        if (random.Next(2) == 0)
        {
            part["deep"] = Map(random, static r => r.Next(2));
        }

        return part;
    }

    private static MapValue Map(Random random, Func<Random, Value> value)
    {
        var map = new MapValue();
        foreach (var name in Names(random).Where(static n => n != "c"))
        {
            map[name] = value(random);
        }

        return map;
    }

    private static MapValue Open(Random random, int depth)
    {
        var map = new MapValue();
        foreach (var name in Names(random))
        {
            map[name] = depth > 0 && random.Next(2) == 0 ? Open(random, depth - 1) : random.Next(2);
        }

        return map;
    }

    private static IEnumerable<string> Names(Random random)
    {
        var names = new[] { "a", "b", "c" };
        random.Shuffle(names);
        return names[..random.Next(4)];
    }

    private static MapValue Thing(MapValue spec)
    {
        var thing = Json.Map("{'apiVersion':'example.com/v1','kind':'Thing','metadata':{'name':'t'}}");
        if (spec.Count > 0)
        {
            thing["spec"] = spec;
        }

        return thing;
    }

    // What an object says is what its first applier owns.
    private static FieldSet FieldsOf(MapValue value)
    {
        var bare = value.DeepClone();
        bare.GetMap("metadata")!.Remove("managedFields");
        return FieldsOf(FieldOwnership.Apply(null, bare, "probe", true, Context).Object!, "probe");
    }

    private static FieldSet FieldsOf(MapValue value, string manager) => FieldSet.Read(
        value.GetMap("metadata")?.GetList("managedFields")?.Cast<MapValue>().SingleOrDefault(e => e.GetString("manager") == manager)?.GetMap("fieldsV1") ?? []);
}
