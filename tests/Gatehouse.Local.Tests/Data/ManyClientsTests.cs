using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Tests.Data;

/// <summary>64 clients at once, each of which knows what it must be answered, on an instance that also keeps its state in a file.</summary>
public sealed class ManyClientsTests
{
    private const int Clients = 64;
    private const int Rounds = 6;
    private const int Users = 5_000;
    private const int Seeded = 4;
    private const int Own = 10;   // generated users of each client

    private static readonly GeneratedUsers Generated = new(Users, 1);

    [Fact]
    public async Task Reads_and_writes_of_64_clients_are_answered_as_if_each_were_alone()
    {
        using var folder = new TemporaryFolder();
        (string, string)[] settings = [("LocalClerk:Users", $"{Users}"), ("LocalClerk:DataFile", folder.PathOf("clerk.data"))];
        string[] won;
        List<string> listed;
        await using (var clerk = await RunningClerk.StartAsync(settings))
        {
            won = [.. (await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => RunAsync(clerk, client))))).SelectMany(ids => ids)];
            listed = await ListAsync(clerk);
        }

        Assert.Equal(Rounds, won.Length);   // of each address that all of them wanted, one got it
        Assert.Equal(Users + Seeded - Clients + (Clients * Rounds) + Rounds, listed.Count);
        Assert.Equal(listed.Count, listed.Distinct().Count());
        Assert.DoesNotContain(Enumerable.Range(0, Clients), client => listed.Contains(Generated[client * Own].Id));

        await using var again = await RunningClerk.StartAsync(settings);
        Assert.Equal(listed, await ListAsync(again));
        foreach (var client in (int[])[0, 31, 63])
        {
            var metadata = (await again.GetAsync($"/v1/users/{Generated[(client * Own) + 1].Id}")).Json["public_metadata"]!.AsObject();
            Assert.Equal(Rounds + 1, metadata.Count);
        }
    }

    private static async Task<List<string>> RunAsync(RunningClerk clerk, int client)
    {
        var won = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await MakeAndReadAsync(clerk, $"c{client}r{round}");
            await ChangeAsync(clerk, Generated[(client * Own) + 1], round);
            await ReadPageAsync(clerk, offset: ((client * 61) + (round * 977)) % Users);
            var wanted = new JsonObject { ["email_address"] = new JsonArray($"wanted{round}@example.com") };
            var answer = await clerk.PostAsync("/v1/users", wanted);
            Assert.Contains(answer.Status, (int[])[200, 422]);
            if (answer.Status == 200)
            {
                won.Add(answer.Text("id"));
            }
        }

        var gone = Generated[client * Own].Id;
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{gone}")).Status);
        Assert.Equal(404, (await clerk.GetAsync($"/v1/users/{gone}")).Status);
        return won;
    }

    private static async Task MakeAndReadAsync(RunningClerk clerk, string name)
    {
        var id = (await clerk.PostAsync("/v1/users", new JsonObject { ["external_id"] = name, ["username"] = $"user_{name}" })).Text("id");
        Assert.Equal(name, (await clerk.GetAsync($"/v1/users/{id}")).Text("external_id"));
        Assert.Equal([id], (await clerk.GetAsync($"/v1/users?external_id={name}")).Ids());
    }

    private static async Task ChangeAsync(RunningClerk clerk, GeneratedUser user, int round)
    {
        var change = new JsonObject { ["public_metadata"] = new JsonObject { [$"round{round}"] = round } };
        Assert.Equal(200, (await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{user.Id}/metadata", change)).Status);
        var metadata = (await clerk.GetAsync($"/v1/users/{user.Id}")).Json["public_metadata"]!;
        Assert.Equal(Enumerable.Range(0, round + 1), metadata.AsObject().Where(member => member.Key != "role").Select(member => (int)member.Value!));
    }

    private static async Task ReadPageAsync(RunningClerk clerk, int offset)
    {
        var page = (await clerk.GetAsync($"/v1/users?limit=50&offset={offset}")).Array;
        var times = page.Select(user => (long)user!["created_at"]!).ToList();
        Assert.Equal(50, page.Select(user => (string)user!["id"]!).Distinct().Count());
        Assert.Equal(times.OrderDescending(), times);
    }

    private static async Task<List<string>> ListAsync(RunningClerk clerk)
    {
        var seen = new List<string>();
        while (true)
        {
            var page = (await clerk.GetAsync($"/v1/users?limit=500&starting_after={seen.LastOrDefault()}")).Ids();
            seen.AddRange(page);
            if (page.Length == 0)
            {
                return seen;
            }
        }
    }
}
