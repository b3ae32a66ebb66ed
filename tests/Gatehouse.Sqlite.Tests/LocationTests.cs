using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.Sqlite.Tests;

/// <summary>Which file it is.</summary>
public sealed class LocationTests
{
    [Theory]
    [InlineData("{0}/a.db")]
    [InlineData("Data Source={0}/a.db")]
    [InlineData("  data source={0}/a.db; ")]
    public async Task The_connection_string_of_its_name_says_where_it_is(string connection)
    {
        using var folder = new DatabaseFolder();
        await using var host = Make(("ConnectionStrings:Notes", string.Format(null, connection, folder.Path)));
        Assert.Equal(folder.File("a.db"), host.Database.Path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_one_it_is_a_file_of_its_name_in_the_data_directory(string? connection)
    {
        using var folder = new DatabaseFolder();
        await using var host = Make(("ConnectionStrings:Notes", connection), ("Gatehouse:DataDirectory", folder.Path));
        Assert.Equal(folder.File("notes.db"), host.Database.Path);
    }

    [Fact]
    public async Task Without_any_setting_it_is_in_the_folder_gatehouse()
    {
        await using var host = Make();
        Assert.Equal(Path.GetFullPath(".gatehouse/notes.db"), host.Database.Path);
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData(":memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=a.db;Password=p")]
    [InlineData("Server=db;Database=notes")]
    [InlineData("Host=db")]
    public async Task What_names_no_file_stops_the_start(string connection)
    {
        await using var host = Make(("ConnectionStrings:Notes", connection));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Equal("ConnectionStrings:Notes must be a file's path, or Data Source= and the path.", failure.Message);
    }

    private static Host Make(params (string Key, string? Value)[] settings) =>
        Host.Make(services => services.AddSqliteDatabase("Notes", Host.Schema), settings);
}
