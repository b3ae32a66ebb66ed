using Analyzer.Events;
using Analyzer.Requests;
using Dapper;
using Gatehouse.Sqlite;
using Microsoft.Data.Sqlite;

namespace Analyzer.Modules;

/// <summary>Keeps modules. Whose they are stands in every statement.</summary>
internal sealed class ModuleStore(SqliteDatabase database, EventBells bells, TimeProvider time)
{
    /// <summary>How many modules a user has at most.</summary>
    public const int Maximum = 200;

    /// <summary>
    /// Saves a module under its name, in place of what was there. Doing it twice is harmless: the second time nothing changes, no time and
    /// no event.
    /// </summary>
    /// <returns>The module as it is now; null when the user has too many to have another.</returns>
    public async Task<Module?> SaveAsync(string userId, ModuleSave save, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (row, changed) = await database.RunAsync(connection => Save(connection, userId, save, now), cancellationToken);
        if (changed)
        {
            bells.Ring(userId);
        }

        return row?.ToModule();
    }

    /// <returns>The modules after the cursor, and the next cursor.</returns>
    public Task<ModulePage> ListAsync(string userId, PageQuery page, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection =>
            {
                var rows = connection.Query<ModuleRow>(
                    $"SELECT {ModuleRow.Columns} FROM modules WHERE user_id = @userId AND position > @after ORDER BY position LIMIT @count",
                    new { userId, after = page.Cursor ?? 0, count = page.Limit + 1 }).ToList();
                var next = rows.Count > page.Limit ? $"{rows[page.Limit - 1].Position}" : null;
                return new ModulePage([.. rows.Take(page.Limit).Select(row => row.ToModule())], next);
            },
            cancellationToken);

    /// <returns>Whether the user had such a module.</returns>
    public async Task<bool> DeleteAsync(string userId, string id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var deleted = await database.RunAsync(connection => Delete(connection, userId, id, now), cancellationToken);
        if (deleted)
        {
            bells.Ring(userId);
        }

        return deleted;
    }

    private static (ModuleRow? Row, bool Changed) Save(SqliteConnection connection, string userId, ModuleSave save, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction();
        var saved = connection.QuerySingleOrDefault<ModuleRow>(
            $"""
            INSERT INTO modules (id, user_id, name, content, created_at, updated_at)
            SELECT @id, @userId, @Name, @Content, @at, @at
            WHERE (SELECT count(*) FROM modules WHERE user_id = @userId) < @Maximum
              OR EXISTS (SELECT 1 FROM modules WHERE user_id = @userId AND name = @Name)
            ON CONFLICT (user_id, name) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at
              WHERE content <> excluded.content
            RETURNING {ModuleRow.Columns}
            """,
            new { id = $"mod_{Guid.CreateVersion7(now):N}", userId, save.Name, save.Content, at = now.ToUnixTimeMilliseconds(), Maximum },
            transaction);
        if (saved is null)
        {
            return (Find(connection, transaction, userId, save.Name), false);
        }

        EventStore.Append(connection, transaction, userId, UserEvent.ModuleSaved, new { saved.Id, saved.Name, UpdatedAt = now }, now);
        transaction.Commit();
        return (saved, true);
    }

    private static ModuleRow? Find(SqliteConnection connection, SqliteTransaction transaction, string userId, string name) =>
        connection.QuerySingleOrDefault<ModuleRow>(
            $"SELECT {ModuleRow.Columns} FROM modules WHERE user_id = @userId AND name = @name", new { userId, name }, transaction);

    private static bool Delete(SqliteConnection connection, string userId, string id, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction();
        var name = connection.ExecuteScalar<string?>(
            "DELETE FROM modules WHERE id = @id AND user_id = @userId RETURNING name", new { id, userId }, transaction);
        if (name is null)
        {
            return false;
        }

        EventStore.Append(connection, transaction, userId, UserEvent.ModuleDeleted, new { Id = id, Name = name }, now);
        transaction.Commit();
        return true;
    }
}
