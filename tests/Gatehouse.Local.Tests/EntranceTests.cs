using System.Net.Http.Headers;
using System.Text;
using Gatehouse.Local.Clerk;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Tests;

/// <summary>What every request meets before its operation.</summary>
public sealed class EntranceTests
{
    private const string Lin = LocalClerkDefaults.LinUserId;

    [Theory]
    [InlineData(null, "authorization_header_format_invalid")]
    [InlineData("Basic abc", "authorization_header_format_invalid")]
    [InlineData("Bearer ", "authorization_header_format_invalid")]
    [InlineData("Bearer sk_test_of_somebody_else", "clerk_key_invalid")]
    [InlineData("Bearer sk_live_gatehouse_local", "clerk_key_invalid")]
    [InlineData("Bearer ak_gatehouse_local_aither", "clerk_key_invalid")]
    public async Task Nobody_comes_in_without_the_instances_secret_key(string? header, string code)
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.Bare();
        if (header is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        foreach (var path in (string[])["/v1/users", "/v1/jwks", "/v1/instance", "/v1/no/such/operation"])
        {
            var answer = await clerk.SendAsync(HttpMethod.Get, path, client: http);
            Assert.Equal((401, code), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Production_key_is_refused_with_the_reason_in_the_log_and_without_the_key()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = clerk.AsMachine("sk_live_very_secret");

        Assert.Equal(401, (await clerk.SendAsync(HttpMethod.Get, "/v1/users", client: http)).Status);

        var line = Assert.Single(clerk.Log.Lines, line => line.Level == LogLevel.Error);
        Assert.Contains("production secret key", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("very_secret", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_the_content_type_that_clients_compare_and_says_where_it_is_from()
    {
        await using var clerk = await RunningClerk.StartAsync();

        foreach (var path in (string[])["/v1/users", "/v1/users/user_2nobody", "/v1/jwks", "/m2m_tokens", "/_local/state", "/v1/nothing"])
        {
            var answer = await clerk.GetAsync(path);
            Assert.Equal("application/json", answer.ContentType);
            Assert.Equal("clerk", answer.Message.Headers.GetValues("X-Gatehouse-Local").Single());
        }

        var page = await clerk.GetAsync("/");
        Assert.Equal(200, page.Status);
        Assert.Contains("This is not Clerk.", page.Body, StringComparison.Ordinal);
        Assert.Equal("clerk", page.Message.Headers.GetValues("X-Gatehouse-Local").Single());
    }

    [Theory]
    [InlineData("2026-05-12", null, 200)]
    [InlineData("2025-11-10", null, 200)]
    [InlineData("2031-01-01", null, 200)]
    [InlineData(null, "2026-05-12", 200)]
    [InlineData("2026-05-12", "2026-05-12", 400)]
    [InlineData("latest", null, 400)]
    [InlineData("2026-13-01", null, 400)]
    [InlineData(null, "v1", 400)]
    public async Task Version_is_a_date_in_one_place(string? header, string? parameter, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        if (header is not null)
        {
            clerk.Http.DefaultRequestHeaders.Add("Clerk-API-Version", header);
        }

        var answer = await clerk.GetAsync(parameter is null ? "/v1/users" : $"/v1/users?__clerk_api_version={parameter}");

        Assert.Equal(status, answer.Status);
        if (status == 400)
        {
            Assert.Equal("api_version_invalid", answer.Code);
        }
    }

    [Theory]
    [InlineData("{", "application/json", 400, "request_body_invalid")]
    [InlineData("[]", "application/json", 400, "request_body_invalid")]
    [InlineData("null", "application/json", 400, "request_body_invalid")]
    [InlineData("\"text\"", "application/json", 400, "request_body_invalid")]
    [InlineData("""{"first_name":"a","first_name":"b"}""", "application/json", 400, "request_body_invalid")]
    [InlineData("""{"first_name":"\ud800"}""", "application/json", 400, "request_body_invalid")]
    [InlineData("""{"\ud800":1}""", "application/json", 400, "request_body_invalid")]
    [InlineData("""{"first_name":"x"}""", "text/plain", 415, "unsupported_content_type")]
    [InlineData("first_name=x", "application/x-www-form-urlencoded", 415, "unsupported_content_type")]
    [InlineData("""{"first_name":"x"}""", "application/json; charset=utf-8", 200, null)]
    public async Task Bodies_are_json_objects(string body, string contentType, int status, string? code)
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answer = await SendAsync(clerk, new ByteArrayContent(Encoding.UTF8.GetBytes(body)), contentType);

        Assert.Equal(status, answer.Status);
        if (code is not null)
        {
            Assert.Equal(code, answer.Code);
        }
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_and_depth_without_end_are_malformed()
    {
        await using var clerk = await RunningClerk.StartAsync();
        byte[] invalid = [.. """{"first_name":" """u8, 0xFF, 0xFE, .. "\"}"u8];
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 1000)) + "1" + new string('}', 1000);

        Assert.Equal("request_body_invalid", (await SendAsync(clerk, new ByteArrayContent(invalid), "application/json")).Code);
        Assert.Equal("request_body_invalid", (await SendAsync(clerk, new StringContent(deep), "application/json")).Code);
    }

    [Fact]
    public async Task Body_over_a_megabyte_is_too_large()
    {
        await using var clerk = await RunningClerk.StartAsync();
        var body = $$"""{"first_name":"{{new string('x', 2 * 1024 * 1024)}}"}""";

        var answer = await SendAsync(clerk, new StringContent(body), "application/json");

        Assert.Equal((413, "request_body_too_large"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Unknown_paths_are_404_and_operations_that_clerk_has_are_501_by_name()
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal((404, "resource_not_found"), await AskAsync("/v1/nothing"));
        Assert.Equal((501, "not_implemented"), await AskAsync("/v1/domains"));
        Assert.Equal((501, "not_implemented"), await AskAsync($"/v1/users/{Lin}/trusted_devices"));
        Assert.Equal((404, "resource_not_found"), await AskAsync("/api_keys/ak_1/nothing"));
        Assert.Equal((404, "resource_not_found"), await AskAsync("/m2m_tokens/mt_1/nothing"));
        Assert.Equal(404, (await clerk.SendAsync(HttpMethod.Put, "/v1/users")).Status);
        Assert.Contains("ListDomains", (await clerk.GetAsync("/v1/domains")).Body, StringComparison.Ordinal);

        async Task<(int, string?)> AskAsync(string path)
        {
            var answer = await clerk.GetAsync(path);
            return (answer.Status, answer.Code);
        }
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:5400", 200)]
    [InlineData("[::1]:5400", 200)]
    [InlineData("evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("10.0.0.1", 400)]
    public async Task Only_loopback_names_are_answered(string host, int status)
    {
        await using var clerk = await RunningClerk.StartAsync();
        clerk.Http.DefaultRequestHeaders.Host = host;

        Assert.Equal(status, (await clerk.GetAsync("/v1/users")).Status);
        Assert.Equal(status, (await clerk.GetAsync("/_local/state")).Status);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5400")]
    [InlineData("http://*:5400")]
    [InlineData("http://10.0.0.1:5400")]
    [InlineData("https://localhost:5400")]
    [InlineData("http://127.0.0.1:0;http://[::]:5400")]
    [InlineData("localhost:5400")]
    public void Addresses_off_loopback_stop_the_start(string url)
    {
        var fault = Assert.Throws<InvalidOperationException>(
            () => LocalClerk.Build([], configuration => configuration.AddInMemoryCollection([new("urls", url)])));

        Assert.Contains("loopback", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_that_configuration_names_elsewhere_are_not_opened()
    {
        await using var clerk = await RunningClerk.StartAsync(("Kestrel:Endpoints:Other:Url", "http://0.0.0.0:0"), ("http_ports", "0"));

        Assert.Equal("127.0.0.1", clerk.Address.Host);
    }

    private static Task<Answer> SendAsync(RunningClerk clerk, HttpContent content, string contentType)
    {
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return Answer.OfAsync(clerk.Http.PatchAsync($"/v1/users/{Lin}", content, TestContext.Current.CancellationToken));
    }
}
