using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Data.Generation;

namespace Gatehouse.Local.Tests.Data;

public sealed class GeneratedOverHttpTests
{
    private const int Users = 3_000;
    private const int Seeded = 4;

    private static readonly GeneratedUsers Expected = new(Users, 1);

    [Theory]
    [InlineData("")]
    [InlineData("&order_by=%2Bcreated_at")]
    public async Task Every_user_is_listed_once_by_cursor_and_by_offset(string order)
    {
        await using var clerk = await StartAsync();

        var byCursor = await ListAsync(clerk, seen => $"limit=500&starting_after={seen.LastOrDefault()}{order}");
        var byOffset = await ListAsync(clerk, seen => $"limit=499&offset={seen.Count}{order}");

        Assert.Equal(byCursor, byOffset);
        Assert.Equal(Users + Seeded, byCursor.Distinct().Count());
        Assert.Equal(Users + Seeded, (await clerk.GetAsync("/v1/users/count")).Number("total_count"));
        if (order.Length > 0)
        {
            byCursor.Reverse();
        }

        Assert.Equal(Enumerable.Range(0, Users).Select(number => Expected[number].Id), byCursor.Skip(Seeded));
    }

    [Fact]
    public async Task Same_seed_gives_the_same_answers_and_another_seed_others()
    {
        await using var first = await StartAsync(("LocalClerk:Seed", "5"));
        await using var second = await StartAsync(("LocalClerk:Seed", "5"));
        await using var other = await StartAsync(("LocalClerk:Seed", "6"));
        const string Page = "/v1/users?limit=100&offset=4";

        var answer = (await first.GetAsync(Page)).Json.ToJsonString();

        Assert.Equal(answer, (await second.GetAsync(Page)).Json.ToJsonString());
        Assert.NotEqual(answer, (await other.GetAsync(Page)).Json.ToJsonString());
    }

    [Fact]
    public async Task Generated_user_is_found_by_each_of_its_own_and_by_no_others()
    {
        await using var clerk = await StartAsync();
        var user = Expected[1_234];

        foreach (var query in (string[])
            [
                $"user_id={user.Id}", $"email_address={Uri.EscapeDataString(user.EmailAddress)}", $"username={user.Username}",
                $"external_id={user.ExternalId}", $"email_address_query={Uri.EscapeDataString(".1234+")}", $"query={user.Id}",
                $"created_at_after={user.CreatedAt - 1}&created_at_before={user.CreatedAt + 1}",
            ])
        {
            Assert.Equal([user.Id], (await clerk.GetAsync($"/v1/users?{query}")).Ids());
        }

        Assert.Empty((await clerk.GetAsync($"/v1/users?user_id={new GeneratedUsers(Users + 1, 1)[Users].Id}")).Ids());
        var read = (await clerk.GetAsync($"/v1/users/{user.Id}")).Json;
        Assert.Equal(user.FirstName, (string?)read["first_name"]);
        Assert.Equal(user.EmailAddressId, (string?)read["email_addresses"]![0]!["id"]);
        Assert.Equal(200, (await clerk.PostAsync($"/v1/users/{user.Id}/verify_password", new JsonObject { ["password"] = LocalClerkDefaults.Password })).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&order_by=%2Bcreated_at")]
    [InlineData("&banned=false")]
    [InlineData("&order_by=%2Bcreated_at&banned=false")]
    [InlineData("&order_by=username")]
    public async Task Stretch_of_time_holds_those_who_were_made_in_it(string more)
    {
        await using var clerk = await StartAsync();
        var stretch = $"created_at_after={Expected[200].CreatedAt}&created_at_before={Expected[99].CreatedAt}{more}";
        string[] inside = [.. Enumerable.Range(100, 100).Select(number => Expected[number].Id)];
        if (more.Contains("%2Bcreated_at", StringComparison.Ordinal))
        {
            Array.Reverse(inside);
        }
        else if (more.Contains("username", StringComparison.Ordinal))
        {
            inside = [.. Enumerable.Range(100, 100).OrderBy(number => Expected[number].Username, StringComparer.Ordinal).Select(number => Expected[number].Id)];
        }

        Assert.Equal(inside, (await clerk.GetAsync($"/v1/users?limit=500&{stretch}")).Ids());
        Assert.Equal(inside[30..40], (await clerk.GetAsync($"/v1/users?limit=10&offset=30&{stretch}")).Ids());
        Assert.Empty((await clerk.GetAsync($"/v1/users?offset=100&{stretch}")).Ids());
        Assert.Empty((await clerk.GetAsync($"/v1/users?offset=2147483647&{stretch}")).Ids());
        Assert.Equal(100, (await clerk.GetAsync($"/v1/users/count?{stretch}")).Number("total_count"));
        if (!more.Contains("username", StringComparison.Ordinal))
        {
            Assert.Equal(inside[51..], (await clerk.GetAsync($"/v1/users?limit=500&{stretch}&starting_after={inside[50]}")).Ids());
            Assert.Equal(inside[61..], (await clerk.GetAsync($"/v1/users?limit=500&offset=10&{stretch}&starting_after={inside[50]}")).Ids());
        }
    }

    [Theory]
    [InlineData("created_at_after=9999999999999")]
    [InlineData("created_at_after=9223372036854775807")]
    [InlineData("created_at_before=1")]
    [InlineData("created_at_after=1767000000000&created_at_before=1600000000000")]
    public async Task Stretch_without_users_is_empty(string stretch)
    {
        await using var clerk = await StartAsync();

        Assert.Empty((await clerk.GetAsync($"/v1/users?{stretch}")).Ids());
        Assert.Equal(0, (await clerk.GetAsync($"/v1/users/count?{stretch}")).Number("total_count"));
    }

    [Fact]
    public async Task Changes_and_deletions_of_generated_users_stay()
    {
        await using var clerk = await StartAsync();
        var (changed, banned, moved, deleted) = (Expected[10], Expected[20], Expected[30], Expected[40]);
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{changed.Id}", new JsonObject { ["username"] = "another", ["first_name"] = "Other" });
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{changed.Id}/metadata", new JsonObject { ["public_metadata"] = new JsonObject { ["role"] = "admin" } });
        await clerk.PostAsync($"/v1/users/{banned.Id}/ban");
        await clerk.SendAsync(HttpMethod.Patch, $"/v1/users/{moved.Id}", new JsonObject { ["created_at"] = "2026-02-01T00:00:00Z" });
        await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{deleted.Id}");

        var read = (await clerk.GetAsync($"/v1/users/{changed.Id}")).Json;

        Assert.Equal("""{"role":"admin"}""", read["public_metadata"]!.ToJsonString());
        Assert.Equal([changed.Id], (await clerk.GetAsync("/v1/users?username=another&query=Other")).Ids());
        Assert.Empty((await clerk.GetAsync($"/v1/users?username={changed.Username}")).Ids());
        Assert.Equal([banned.Id], (await clerk.GetAsync("/v1/users?banned=true")).Ids());
        Assert.Equal([moved.Id], (await clerk.GetAsync("/v1/users?limit=1")).Ids());
        Assert.Equal(404, (await clerk.GetAsync($"/v1/users/{deleted.Id}")).Status);
        Assert.Empty((await clerk.GetAsync($"/v1/users?email_address={Uri.EscapeDataString(deleted.EmailAddress)}")).Ids());
        Assert.Equal(Users + Seeded - 1, (await clerk.GetAsync("/v1/users/count")).Number("total_count"));
        string[] around = [.. Enumerable.Range(8, 40).Where(number => number is not (30 or 40)).Select(number => Expected[number].Id)];
        Assert.Equal(around, (await clerk.GetAsync($"/v1/users?limit={around.Length}&offset={8 + Seeded + 1}")).Ids());
    }

    [Fact]
    public async Task Identifiers_of_generated_users_are_taken_until_they_are_deleted()
    {
        await using var clerk = await StartAsync();
        var user = Expected[7];
        var same = new JsonObject { ["email_address"] = new JsonArray(user.EmailAddress.ToUpperInvariant()) };

        Assert.Equal(422, (await clerk.PostAsync("/v1/users", same.DeepClone())).Status);
        await clerk.SendAsync(HttpMethod.Delete, $"/v1/users/{user.Id}");
        Assert.Equal(200, (await clerk.PostAsync("/v1/users", same.DeepClone())).Status);
    }

    [Fact]
    public async Task Session_of_a_generated_user_is_remembered_with_it()
    {
        await using var clerk = await StartAsync();
        var session = await clerk.SessionAsync(Expected[3].Id);

        var token = await ReadToken.VerifiedAsync(clerk, (await clerk.PostAsync($"/v1/sessions/{session}/tokens")).Text("jwt"));

        Assert.Equal(Expected[3].Id, token.Text("sub"));
        Assert.NotEqual(Expected[3].LastSignInAt, (long?)(await clerk.GetAsync($"/v1/users/{Expected[3].Id}")).Json["last_sign_in_at"]);
    }

    [Theory]
    [InlineData("LocalClerk:Users", "-1")]
    [InlineData("LocalClerk:Users", "10000001")]
    [InlineData("LocalClerk:Users", "many")]
    public async Task Numbers_that_cannot_be_are_refused_at_the_start(string key, string value)
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningClerk.StartAsync((key, value)));

        Assert.Contains($"{key} is '{value}'. Set it to a whole number from 0 to 10000000.", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<string>> ListAsync(RunningClerk clerk, Func<List<string>, string> query)
    {
        var seen = new List<string>();
        while (true)
        {
            var page = (await clerk.GetAsync($"/v1/users?{query(seen)}")).Ids();
            seen.AddRange(page);
            if (page.Length == 0)
            {
                return seen;
            }
        }
    }

    private static Task<RunningClerk> StartAsync(params (string, string)[] settings) =>
        RunningClerk.StartAsync([("LocalClerk:Users", $"{Users}"), .. settings]);
}
