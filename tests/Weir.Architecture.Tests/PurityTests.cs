using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Weir.Architecture.Tests;

/// <summary>Reads the compiled rooms, so that nothing hides behind an alias or a using.</summary>
public sealed class PurityTests
{
    private static readonly string[] ForbiddenTypes =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.Random", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Threading.Tasks.Task", "System.Threading.Tasks.Parallel",
        "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Net.Http.HttpClient",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System", "System.Guid.NewGuid", "System.TimeZoneInfo.get_Local",
    ];

    public static TheoryData<string> PureRooms => [.. Rooms.Pure];

    [Theory]
    [MemberData(nameof(PureRooms))]
    public void A_pure_room_touches_no_world(string room)
    {
        using var stream = File.OpenRead(Rooms.AssemblyFile(room));
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();

        var types = metadata.TypeReferences.Select(h => TypeName(metadata, h)).ToHashSet();
        Assert.Empty(types.Intersect(ForbiddenTypes));

        var members = metadata.MemberReferences
            .Select(metadata.GetMemberReference)
            .Where(m => m.Parent.Kind == HandleKind.TypeReference)
            .Select(m => $"{TypeName(metadata, (TypeReferenceHandle)m.Parent)}.{metadata.GetString(m.Name)}")
            .ToHashSet();
        Assert.Empty(members.Intersect(ForbiddenMembers));

        // Iterators that the compiler writes ask for the thread they run on; nothing else of the environment is theirs.
        var environment = members.Where(m => m.StartsWith("System.Environment.", StringComparison.Ordinal));
        Assert.Empty(environment.Except(["System.Environment.get_CurrentManagedThreadId"]));
    }

    [Fact]
    public void Only_the_command_line_knows_the_console()
    {
        foreach (var room in Rooms.Arrows.Keys.Where(r => r != "Weir.Cli"))
        {
            using var stream = File.OpenRead(Rooms.AssemblyFile(room));
            using var file = new PEReader(stream);
            var metadata = file.GetMetadataReader();
            var types = metadata.TypeReferences.Select(h => TypeName(metadata, h));
            Assert.DoesNotContain("System.Console", types);
        }
    }

    private static string TypeName(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
