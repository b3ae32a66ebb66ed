using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Sqlite.Tests;

/// <summary>What is made before the first request, and what is not made twice.</summary>
public sealed class CreationTests
{
    [Fact]
    public async Task A_new_database_has_its_tables_and_what_it_begins_with_and_the_log_says_so()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        Assert.Equal(2, await host.CountAsync());
        Assert.Equal(0, await host.CountAsync("tags"));
        Assert.Contains(host.Log.Lines, line => line.Text == $"Filled the new database {folder.File()}");
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        using var folder = new DatabaseFolder();
        await (await Host.StartAsync(folder.File())).DisposeAsync();
        DatabaseFolder.Execute(folder.File(), "DELETE FROM notes WHERE text = 'one'");
        await using var again = await Host.StartAsync(folder.File());
        Assert.Equal(1, await again.CountAsync());
        Assert.DoesNotContain(again.Log.Lines, line => line.Text.StartsWith("Filled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_with_a_row_in_any_table_is_not_filled()
    {
        using var folder = new DatabaseFolder();
        DatabaseFolder.Execute(folder.File(), $"{Host.Schema} INSERT INTO tags (id) VALUES (7);");
        await using var host = await Host.StartAsync(folder.File());
        Assert.Equal(0, await host.CountAsync());
    }

    [Fact]
    public async Task Of_many_processes_that_start_together_one_fills()
    {
        using var folder = new DatabaseFolder();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Host.StartAsync(folder.File()))));
        Assert.Equal(2, await hosts[0].CountAsync());
        Assert.Single(hosts.SelectMany(host => host.Log.Lines), line => line.Text.StartsWith("Filled", StringComparison.Ordinal));
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_start_that_breaks_off_while_filling_leaves_nothing_and_the_next_one_fills()
    {
        using var folder = new DatabaseFolder();
        await Assert.ThrowsAnyAsync<Exception>(() => Host.StartAsync(folder.File(), seed: Host.Seed + "INSERT INTO notes (text) VALUES (NULL);"));
        Assert.Equal(0, DatabaseFolder.Read<long>(folder.File(), "SELECT count(*) FROM notes"));
        await using var host = await Host.StartAsync(folder.File());
        Assert.Equal(2, await host.CountAsync());
    }

    [Fact]
    public async Task Without_a_seed_it_stays_empty()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File(), seed: null);
        Assert.Equal(0, await host.CountAsync());
    }

    [Fact]
    public void An_assembly_without_a_schema_is_refused_at_once()
    {
        var failure = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSqliteDatabase("Notes", typeof(CreationTests).Assembly));
        Assert.StartsWith("Gatehouse.Sqlite.Tests embeds no schema.sql", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_call_changes_nothing()
    {
        using var folder = new DatabaseFolder();
        await using var host = Host.Make(
            services => services.AddSqliteDatabase("Notes", Host.Schema, Host.Seed).AddSqliteDatabase("Other", "CREATE TABLE other (id integer)"),
            ("ConnectionStrings:Notes", folder.File()),
            ("ConnectionStrings:Other", folder.File("other.db")));
        await host.StartAsync();
        Assert.Equal(2, await host.CountAsync());
        Assert.False(File.Exists(folder.File("other.db")));
    }

    [Fact]
    public async Task What_is_committed_is_on_the_disk()
    {
        using var folder = new DatabaseFolder();
        await using var host = await Host.StartAsync(folder.File());
        var (journal, synchronous, keys) = await host.Database.RunAsync(
            connection => (
                DatabaseFolder.Scalar<string>(connection, "PRAGMA journal_mode"),
                DatabaseFolder.Scalar<long>(connection, "PRAGMA synchronous"),
                DatabaseFolder.Scalar<long>(connection, "PRAGMA foreign_keys")),
            TestContext.Current.CancellationToken);
        Assert.Equal(("wal", 2L, 1L), (journal, synchronous, keys));
    }
}
