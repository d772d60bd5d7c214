using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Weir.ApiServer.Storage;

/// <summary>
/// Keeps changes in a SQLite database in write-ahead mode. One writer commits all changes that wait in one transaction, so that
/// many clients share the cost of a flush; a change is acknowledged only when it is on the disk.
/// </summary>
internal sealed class SqliteRevisionLog : IRevisionLog
{
    private const long FormatVersion = 1;

    /// <summary>Superseded changes that are kept, for watches that go on after a restart.</summary>
    private const int History = 8_192;

    private const int MaxBatch = 1_024;

    private readonly SqliteConnection _connection;
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>(new() { SingleReader = true });
    private readonly Task _writer;
    private long _newest;
    private long _sinceCompaction;
    private Exception? _failure;

    /// <param name="file">The database; made when absent. No other process may have it open.</param>
    /// <exception cref="IOException">It cannot be opened, another process uses it, or a newer Weir wrote it.</exception>
    public SqliteRevisionLog(string file)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 2 }.ToString());
        try
        {
            _connection.Open();
            Execute("PRAGMA locking_mode = EXCLUSIVE");
            Execute("PRAGMA journal_mode = WAL");
            Execute("PRAGMA synchronous = FULL");
            Prepare(file);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new IOException(
                e.SqliteErrorCode is 5 or 6 ? $"{file} is used by another process; stop it, or name another --data-dir" : $"cannot open {file}: {e.Message}", e);
        }

        _writer = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private readonly record struct Pending(Revision Revision, Action? Durable, TaskCompletionSource Done);

    public IEnumerable<Revision> Load()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT version, resource, namespace, name, deleted, json FROM revision ORDER BY version";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            _newest = rows.GetInt64(0);
            yield return new Revision(
                _newest, rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetBoolean(4), (byte[])rows.GetValue(5));
        }
    }

    public ValueTask AppendAsync(Revision revision, Action durable)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ObjectDisposedException.ThrowIf(!_pending.Writer.TryWrite(new Pending(revision, durable, done)), this);

        return new ValueTask(done.Task);
    }

    public void Compact(long version)
    {
        // Compaction is asked for in the order of changes, so that the writer alone touches the database.
        _pending.Writer.TryWrite(new Pending(new Revision(version, "", "", "", false, []), null, new TaskCompletionSource()));
    }

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void Prepare(string file)
    {
        Execute("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
        Execute(string.Create(CultureInfo.InvariantCulture, $"INSERT OR IGNORE INTO meta VALUES ('format', '{FormatVersion}')"));
        using var format = _connection.CreateCommand();
        format.CommandText = "SELECT value FROM meta WHERE key = 'format'";
        var found = long.Parse((string)format.ExecuteScalar()!, CultureInfo.InvariantCulture);
        if (found > FormatVersion)
        {
            throw new IOException($"{file} was written by a newer Weir (format {found}, this one reads {FormatVersion}); use that one, or name another --data-dir");
        }

        Execute("""
            CREATE TABLE IF NOT EXISTS revision (
              version INTEGER PRIMARY KEY, resource TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
              deleted INTEGER NOT NULL, json BLOB NOT NULL)
            """);
        Execute("CREATE INDEX IF NOT EXISTS revision_object ON revision (resource, namespace, name, version)");
    }

    private void Write()
    {
        var batch = new List<Pending>(MaxBatch);
        var reader = _pending.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            Commit(batch);
        }
    }

    private void Commit(List<Pending> batch)
    {
        try
        {
            // After a failed write memory and disk differ: nothing more is acknowledged until a restart reads the disk again.
            if (_failure is not null)
            {
                throw _failure;
            }

            using (var transaction = _connection.BeginTransaction())
            {
                Insert(batch, transaction);
                transaction.Commit();
            }
        }
        catch (SqliteException e)
        {
            _failure = new IOException($"the change could not be kept: {e.Message}", e);
        }
        catch (IOException e)
        {
            _failure = e;
        }

        foreach (var (_, durable, done) in batch)
        {
            if (_failure is not null)
            {
                done.TrySetException(_failure);
                continue;
            }

            durable?.Invoke();
            done.TrySetResult();
        }
    }

    private void Insert(List<Pending> batch, SqliteTransaction transaction)
    {
        using var insert = _connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO revision VALUES ($version, $resource, $namespace, $name, $deleted, $json)";
        var version = insert.Parameters.Add("$version", SqliteType.Integer);
        var resource = insert.Parameters.Add("$resource", SqliteType.Text);
        var space = insert.Parameters.Add("$namespace", SqliteType.Text);
        var name = insert.Parameters.Add("$name", SqliteType.Text);
        var deleted = insert.Parameters.Add("$deleted", SqliteType.Integer);
        var json = insert.Parameters.Add("$json", SqliteType.Blob);
        foreach (var (revision, durable, _) in batch)
        {
            if (durable is null)
            {
                DropSuperseded(revision.Version, transaction);
                continue;
            }

            (version.Value, resource.Value, space.Value) = (revision.Version, revision.Resource, revision.Namespace);
            (name.Value, deleted.Value, json.Value) = (revision.Name, revision.IsDeletion ? 1 : 0, revision.Json);
            insert.ExecuteNonQuery();
            _newest = revision.Version;
        }

        _sinceCompaction += batch.Count;
        if (_sinceCompaction >= History)
        {
            DropSuperseded(_newest - History, transaction);
            _sinceCompaction = 0;
        }
    }

    private void DropSuperseded(long version, SqliteTransaction transaction)
    {
        // First what has a newer change, then deletions: a deletion must outlive every older change of its object.
        foreach (var sql in (string[])
        [
            """
            DELETE FROM revision WHERE version <= $version AND EXISTS (
              SELECT 1 FROM revision AS newer
              WHERE newer.resource = revision.resource AND newer.namespace = revision.namespace AND newer.name = revision.name
                AND newer.version > revision.version)
            """,
            "DELETE FROM revision WHERE version <= $version AND deleted = 1",
        ])
        {
            using var delete = _connection.CreateCommand();
            delete.Transaction = transaction;
            delete.CommandText = sql;
            delete.Parameters.AddWithValue("$version", version);
            delete.ExecuteNonQuery();
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
