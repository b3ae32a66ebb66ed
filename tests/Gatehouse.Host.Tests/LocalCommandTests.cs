using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Host.Tests;

public sealed class LocalCommandTests
{
    [Fact]
    public async Task Local_answers_its_address_and_serves_until_it_is_ended()
    {
        await using var tool = await RunningTool.StartAsync("local --port 0");
        using var http = new HttpClient { BaseAddress = new Uri(tool.Output) };

        var state = await http.GetFromJsonAsync<JsonObject>("/_local/state", TestContext.Current.CancellationToken);

        Assert.Equal(LocalClerkDefaults.InstanceId, (string?)state!["instance_id"]);
        Assert.Contains("This is not Clerk", tool.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await tool.EndAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/_local/state", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_that_is_asked_for_is_served_as_localhost()
    {
        var port = FreePort();
        await using var tool = await RunningTool.StartAsync($"local --port {port}");

        Assert.Equal($"http://localhost:{port}", tool.Output);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"http://127.0.0.1:{port}/_local/state", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Port_that_is_taken_is_refused_with_its_number()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await ToolResult.OfAsync($"local --port {port}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains($"{port}", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_file_generated_users_and_data_file_are_passed_on()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var data = Path.Combine(folder.FullName, "data.json");
            string id;
            await using (var first = await RunningTool.StartAsync($"local --port 0 --users 7 --data {data}"))
            {
                using var http = new HttpClient { BaseAddress = new Uri(first.Output) };
                var state = await http.GetFromJsonAsync<JsonObject>("/_local/state", TestContext.Current.CancellationToken);
                Assert.True((int)state!["users"]! >= 7, state.ToJsonString());
                http.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
                using var created = await http.PostAsJsonAsync("/v1/users", new { first_name = "Kept" }, TestContext.Current.CancellationToken);
                id = (string)(await created.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["id"]!;
            }

            await using var second = await RunningTool.StartAsync($"local --port 0 --users 7 --data {data}");
            using var again = new HttpClient { BaseAddress = new Uri(second.Output) };
            again.DefaultRequestHeaders.Authorization = new("Bearer", LocalClerkDefaults.SecretKey);
            Assert.Equal(HttpStatusCode.OK, (await again.GetAsync($"/v1/users/{id}", TestContext.Current.CancellationToken)).StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Seed_file_that_is_none_is_refused_with_its_fault()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);

            var result = await ToolResult.OfAsync($"local --port 0 --seed-file {file}");

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Contains(file, result.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task With_json_everything_is_one_object()
    {
        await using var tool = await RunningTool.StartAsync("local --port 0 --json");

        var told = JsonNode.Parse(tool.Output)!;

        var url = (string)told["url"]!;
        Assert.Equal($"{url}/_local", (string?)told["control"]);
        Assert.Equal(url, (string?)told["environment"]!["CLERK_API_URL"]);
        Assert.Equal($"{url}/__clerk", (string?)told["environment"]!["CLERK_PROXY_URL"]);
        Assert.Equal(LocalClerkDefaults.SecretKey, (string?)told["environment"]!["CLERK_SECRET_KEY"]);
    }

    [Fact]
    public async Task Dev_tells_the_variables_for_a_shell_and_for_a_file()
    {
        await using var tool = await RunningTool.StartAsync("dev --port 0");

        var parts = tool.Output.Split("\n\n");

        Assert.Equal(2, parts.Length);
        var shell = parts[0].Split('\n');
        var file = parts[1].Split('\n');
        Assert.Equal(("# for a shell", "# for a .env file"), (shell[0], file[0]));
        Assert.Equal(shell.Skip(1), file.Skip(1).Select(line => $"export {line}"));
        Assert.Contains($"CLERK_WEBHOOK_SIGNING_SECRET={LocalClerkDefaults.WebhookSecret}", file);
        Assert.Contains($"CLERK_PUBLISHABLE_KEY={LocalClerkDefaults.PublishableKey}", file);
        Assert.Contains($"NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY={LocalClerkDefaults.PublishableKey}", file);
        Assert.All(file.Skip(1), line => Assert.Matches("^[A-Z0-9_]+=[A-Za-z0-9_:/.=+-]+$", line));
    }

    [Fact]
    public async Task Dev_sends_webhooks_to_the_program()
    {
        await using var tool = await RunningTool.StartAsync("dev --port 0 --json --webhook http://localhost:1/a --webhook http://localhost:1/b");
        using var http = new HttpClient();

        var endpoints = await http.GetFromJsonAsync<JsonArray>($"{JsonNode.Parse(tool.Output)!["url"]}/_local/endpoints", TestContext.Current.CancellationToken);

        Assert.Equal(["http://localhost:1/a", "http://localhost:1/b"], endpoints!.Select(endpoint => (string?)endpoint!["url"]));
        Assert.All(endpoints!, endpoint => Assert.Equal(LocalClerkDefaults.WebhookSecret, (string?)endpoint!["secret"]));
    }

    [Theory]
    [InlineData("dev --webhook https://example.com/hook", 1, "this machine")]
    [InlineData("dev --webhook not-an-address", 2, "--webhook")]
    [InlineData("dev --webhook", 2, "--webhook")]
    [InlineData("local --webhook http://localhost:1/", 2, "--webhook")]
    [InlineData("local --port 65536", 2, "--port")]
    [InlineData("local --port -1", 2, "--port")]
    [InlineData("local --port http", 2, "--port")]
    [InlineData("local --users -5", 2, "--users")]
    [InlineData("local --colour red", 2, "--colour")]
    [InlineData("local --seed-file no-such-file.json", 3, "no-such-file.json")]
    [InlineData("", 2, "--help")]
    public async Task Wrong_use_is_told_on_standard_error(string arguments, int exitCode, string text)
    {
        var result = await ToolResult.OfAsync(arguments);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(text, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local --port 0", "CLERK_SECRET_KEY", "sk_live_something")]
    [InlineData("dev --port 0", "CLERK_SECRET_KEY", "sk_live_something")]
    [InlineData("dev --port 0", "CLERK_PUBLISHABLE_KEY", "pk_live_something")]
    [InlineData("dev --port 0", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_live_something")]
    public async Task Beside_a_production_key_nothing_is_started(string arguments, string name, string key)
    {
        var result = await ToolResult.OfAsync(arguments, (name, key));

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(name, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(key, result.Errors, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
