using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Data.Storage;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Data;

public sealed class DataFileTests : IDisposable
{
    private const string Ada = LocalClerkDefaults.AdaUserId;

    private static readonly GeneratedUsers Generated = new(1_000, 1);

    private readonly TemporaryFolder _folder = new();

    private string File => _folder.PathOf("clerk.data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task State_survives_a_restart()
    {
        string[] paths =
        [
            "/v1/users?limit=100", "/v1/users?order_by=-updated_at&limit=20", "/v1/users?banned=true", "/v1/sessions", "/v1/machines?limit=50", "/v1/jwks",
            "/v1/jwt_templates", "/v1/organization_memberships", "/_local/session-claims", "/_local/clock", $"/v1/users/{Generated[500].Id}",
        ];
        var before = new List<string>();
        string token;
        await using (var clerk = await StartAsync(("LocalClerk:Users", "1000")))
        {
            await clerk.PostAsync("/v1/users", new JsonObject { ["first_name"] = "Nina", ["password"] = "long enough", ["public_metadata"] = new JsonObject { ["a"] = 1 } });
            await clerk.PostAsync($"/v1/users/{Generated[5].Id}/ban");
            await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{Generated[6].Id}", new JsonObject { ["username"] = "changed" });
            await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{Generated[7].Id}");
            await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{LocalClerkDefaults.LinUserId}");
            await clerk.PostAsync("/_local/keys/rotate", new JsonObject());
            await clerk.SendAsync(HttpMethod.Put, "/_local/session-claims", new JsonObject { ["claims"] = new JsonObject { ["x"] = "{{user.id}}" } });
            await clerk.PostAsync("/_local/clock", new JsonObject { ["offset_seconds"] = 3600 });
            var session = await clerk.SessionAsync(Generated[8].Id);
            token = (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt");
            foreach (var path in paths)
            {
                before.Add((await clerk.GetAsync(path)).Body);
            }
        }

        await using var again = await StartAsync(("LocalClerk:Users", "1000"));

        for (var index = 0; index < paths.Length; index++)
        {
            Assert.Equal(before[index], (await again.GetAsync(paths[index])).Body);
        }

        await ReadToken.VerifiedAsync(again, token);
        Assert.Equal(1_003, (await again.GetAsync("/v1/users/count")).Number("total_count"));
    }

    [Fact]
    public async Task Change_is_in_the_file_a_second_later()
    {
        await using var clerk = await StartAsync();
        var id = (await clerk.PostAsync("/v1/users", new JsonObject())).Text("id");
        Assert.DoesNotContain(id, Read(), StringComparison.Ordinal);

        clerk.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains(id, Read(), StringComparison.Ordinal);
        Assert.Equal(["clerk.data", "clerk.data.lock"], _folder.Names());
    }

    [Fact]
    public async Task File_is_left_alone_while_nothing_changes()
    {
        await using var clerk = await StartAsync();
        var before = Read();

        await clerk.GetAsync("/v1/users");
        clerk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(before, Read());

        await clerk.PostAsync($"/v1/users/{Ada}/ban");
        clerk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.NotEqual(before, Read());
    }

    [Fact]
    public async Task File_can_be_read_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("file modes are Unix's");
            return;
        }

        await using var clerk = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Theory]
    [InlineData("", "its first line is not that of a local Clerk's data")]
    [InlineData("{\"name\":\"my-app\",\"version\":1}", "its first line is not that of a local Clerk's data")]
    [InlineData("Dear diary", "its first line is not that of a local Clerk's data")]
    [InlineData("null\n{}", "its first line is not that of a local Clerk's data")]
    [InlineData("{\"format\":\"gatehouse-local-clerk\",\"version\":2,\"saved_at\":0,\"clock_offset_seconds\":0,\"runs\":1,\"length\":2,\"sha256\":\"\"}\n{}",
        "it has version 2, and this local Clerk reads version 1")]
    [InlineData("{\"format\":\"gatehouse-local-clerk\",\"version\":1,\"saved_at\":0,\"clock_offset_seconds\":0,\"runs\":1,\"length\":2,\"sha256\":\"\"}\n{}",
        "it is damaged: what it holds is not what its first line describes")]
    public async Task Foreign_file_is_refused_and_left_as_it_is(string content, string reason)
    {
        _folder.Write("clerk.data", content);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Equal(
            $"The data file {File} cannot be used: {reason}. It was left as it is; move it away, or set LocalClerk:DataFile to another path.", fault.Message);
        Assert.Equal(content, Read());
        Assert.Equal(["clerk.data"], _folder.Names());
    }

    [Fact]
    public async Task Damaged_file_is_refused_wherever_the_damage_is()
    {
        var counts = Counts.Of("data-file-damaged");
        var random = counts.Random();
        await (await StartAsync()).DisposeAsync();
        var good = System.IO.File.ReadAllBytes(File);
        for (var run = 0; run < counts.Count; run++)
        {
            byte[] damaged = [.. good];
            var at = random.Next(good.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            if (random.Next(3) == 0)
            {
                damaged = good[..at];
            }

            System.IO.File.WriteAllBytes(File, damaged);
            using var file = new DataFile(File);

            Assert.Throws<InvalidOperationException>(file.Load);
        }

        Assert.True(System.IO.File.Exists(File));
        System.IO.File.WriteAllBytes(File, good);
        using var whole = new DataFile(File);
        Assert.NotNull(whole.Load());
    }

    [Fact]
    public async Task Data_that_another_version_wrote_are_refused_by_their_part()
    {
        await (await StartAsync()).DisposeAsync();
        using (var file = new DataFile(File))
        {
            var stored = file.Load()!;
            var data = JsonNode.Parse(stored.Data.Span)!.AsObject();
            data["shoes"] = new JsonArray();
            file.Save(stored with { Data = Encoding.UTF8.GetBytes(data.ToJsonString()) }, savedAt: 1);
        }

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains("it holds what this version does not understand (shoes: a part that this version does not know)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_do_not_hold_one_file()
    {
        await using var first = await StartAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains("Is another local Clerk running with it?", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_does_not_matter()
    {
        await (await StartAsync()).DisposeAsync();
        _folder.Write("clerk.data.new", "half of it");
        _folder.Write("clerk.data.lock", "");

        await using (var clerk = await StartAsync())
        {
            Assert.Equal(200, (await clerk.PostAsync($"/v1/users/{Ada}/ban")).Status);
        }

        await using var again = await StartAsync();
        Assert.Equal([Ada], (await again.GetAsync("/v1/users?banned=true")).Ids());
    }

    [Fact]
    public async Task File_that_cannot_be_written_is_told_at_the_start()
    {
        Directory.CreateDirectory(File);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.StartsWith($"The data file {File} cannot be written: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_that_fails_is_logged_and_tried_again()
    {
        await using var clerk = await StartAsync();
        System.IO.File.Delete(File);
        Directory.CreateDirectory(File);
        await clerk.PostAsync($"/v1/users/{Ada}/ban");
        clerk.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(clerk.Log.Lines, line => line.Text.Contains("could not be written", StringComparison.Ordinal));

        Directory.Delete(File);
        clerk.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("\"banned\":true", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_generated_users_than_the_files_are_refused()
    {
        await (await StartAsync(("LocalClerk:Users", "10"))).DisposeAsync();

        var number = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("LocalClerk:Users", "20")));
        var seed = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(("LocalClerk:Users", "10"), ("LocalClerk:Seed", "3")));
        await using var unsaid = await StartAsync();

        Assert.Contains("it holds 10 generated users of seed 1, and LocalClerk:Users asks for 20 of seed 1", number.Message, StringComparison.Ordinal);
        Assert.Contains("it holds 10 generated users of seed 1, and LocalClerk:Users asks for 10 of seed 3", seed.Message, StringComparison.Ordinal);
        Assert.Equal(14, (await unsaid.GetAsync("/v1/users/count")).Number("total_count"));
    }

    [Fact]
    public async Task Ids_of_a_seed_do_not_come_again_after_a_restart()
    {
        var seen = new HashSet<string>();
        for (var run = 0; run < 3; run++)
        {
            await using var clerk = await StartAsync(("LocalClerk:Seed", "5"));
            for (var made = 0; made < 20; made++)
            {
                Assert.True(seen.Add((await clerk.PostAsync("/v1/users", new JsonObject())).Text("id")));
                Assert.True(seen.Add((await clerk.PostAsync("/v1/machines", new JsonObject { ["name"] = "m" })).Text("secret_key")));
            }
        }
    }

    private Task<RunningClerk> StartAsync(params (string, string)[] settings) => RunningClerk.StartAsync([("LocalClerk:DataFile", File), .. settings]);

    private string Read() => System.IO.File.ReadAllText(File);
}
