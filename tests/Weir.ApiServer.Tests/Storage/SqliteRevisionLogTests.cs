using Microsoft.Data.Sqlite;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Tests.Storage;

public sealed class SqliteRevisionLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-sqlite-").FullName;

    private string File => Path.Combine(_folder, "objects.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_kept_is_read_again_in_order()
    {
        await using (var log = new SqliteRevisionLog(File))
        {
            await Append(log, 2, "a");
            await Append(log, 3, "b");
            await Append(log, 4, "a", isDeletion: true);
        }

        await using var again = new SqliteRevisionLog(File);
        Assert.Equal([(2L, "a", false), (3L, "b", false), (4L, "a", true)], again.Load().Select(r => (r.Version, r.Name, r.IsDeletion)));
    }

    [Fact]
    public async Task A_change_is_told_durable_in_order_and_before_it_is_acknowledged()
    {
        await using var log = new SqliteRevisionLog(File);
        var told = new List<long>();
        var appended = Enumerable.Range(1, 500).Select(i => log.AppendAsync(Revision(i, "x" + i), () => told.Add(i)).AsTask()).ToList();
        await appended[99];
        Assert.True(told.Count >= 100);
        await Task.WhenAll(appended);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), told);
    }

    [Fact]
    public async Task Compaction_keeps_the_newest_change_of_each_object_and_forgets_deleted_ones()
    {
        await using (var log = new SqliteRevisionLog(File))
        {
            await Append(log, 1, "kept");
            await Append(log, 2, "gone");
            await Append(log, 3, "kept");
            await Append(log, 4, "gone", isDeletion: true);
            await Append(log, 5, "recent");
            await Append(log, 6, "recent", isDeletion: true);
            log.Compact(4);
        }

        await using var again = new SqliteRevisionLog(File);
        Assert.Equal([(3L, "kept"), (5L, "recent"), (6L, "recent")], again.Load().Select(r => (r.Version, r.Name)));
    }

    [Fact]
    public async Task A_second_process_is_refused_with_the_remedy()
    {
        await using var log = new SqliteRevisionLog(File);
        await Append(log, 1, "a");
        var error = Assert.Throws<IOException>(() => new SqliteRevisionLog(File));
        Assert.Contains("used by another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_format_is_refused_and_left_alone()
    {
        await new SqliteRevisionLog(File).DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE meta SET value = '99' WHERE key = 'format'";
            command.ExecuteNonQuery();
        }

        var error = Assert.Throws<IOException>(() => new SqliteRevisionLog(File));
        Assert.Contains("newer Weir", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_database_is_refused()
    {
        System.IO.File.WriteAllText(File, "this is a text, and quite a long one, so that it cannot be taken for an empty database");
        Assert.Throws<IOException>(() => new SqliteRevisionLog(File));
    }

    private static async Task Append(SqliteRevisionLog log, long version, string name, bool isDeletion = false) =>
        await log.AppendAsync(Revision(version, name, isDeletion), () => { });

    private static Revision Revision(long version, string name, bool isDeletion = false) =>
        new(version, "configmaps", "default", name, isDeletion, "{}"u8.ToArray());
}
