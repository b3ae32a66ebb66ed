using Microsoft.Data.Sqlite;

namespace Gatehouse.Sqlite.Tests;

/// <summary>Work that blocks is bounded, on threads of its own, and none of it is lost.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Many_writers_at_once_all_write()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => host.Database.RunAsync(
            connection => DatabaseFolder.Scalar<long>(connection, $"INSERT INTO tags (id) VALUES ({n + 1}) RETURNING id"), TestContext.Current.CancellationToken)));
        Assert.Equal(200, await host.CountAsync("tags"));
    }

    [Fact]
    public async Task No_more_than_its_places_are_taken_and_who_waits_too_long_hears_that_it_is_busy()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        using var held = new ManualResetEventSlim();
        using var taken = new CountdownEvent(SqliteDatabase.MaximumConcurrency);
        var holders = Enumerable.Range(0, SqliteDatabase.MaximumConcurrency).Select(_ => host.Database.RunAsync(
            _ =>
            {
                taken.Signal();
                held.Wait(TestContext.Current.CancellationToken);
                return Thread.CurrentThread.IsThreadPoolThread;
            },
            TestContext.Current.CancellationToken)).ToList();
        Assert.True(taken.Wait(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

        var refused = await Assert.ThrowsAsync<SqliteException>(() => host.CountAsync());
        Assert.Equal(5, refused.SqliteErrorCode);
        held.Set();
        Assert.All(await Task.WhenAll(holders), Assert.False);
        Assert.Equal(2, await host.CountAsync());
    }

    [Fact]
    public async Task A_failure_of_the_work_reaches_who_asked_and_frees_the_place()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        for (var n = 0; n < SqliteDatabase.MaximumConcurrency * 2; n++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Database.RunAsync<int>(
                _ => throw new InvalidOperationException("of the work"), TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, await host.CountAsync());
    }

    [Fact]
    public async Task A_file_that_was_put_in_place_of_another_is_the_one_that_serves()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        DatabaseFolder.Execute(folder.File("other.db"), $"{Host.Schema} INSERT INTO notes (text) VALUES ('of the other');");
        Assert.Equal(2, await host.CountAsync());
        File.Delete(folder.File() + "-wal");
        File.Delete(folder.File() + "-shm");
        File.Move(folder.File("other.db"), folder.File(), overwrite: true);
        Assert.Equal(1, await host.CountAsync());
    }
}
