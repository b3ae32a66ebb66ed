using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Upstash;
using Gatehouse.Local.Upstash.Rest;

namespace Gatehouse.Local.Tests.Upstash;

/// <summary>The REST API as its documents describe it.</summary>
public sealed class RestTests
{
    private const string NotAvailable = "See https://upstash.com/docs/redis/overall/rediscompatibility for details";

    [Theory]
    [InlineData("""["SET","k","v"]""", """{"result":"OK"}""")]
    [InlineData("""["set","k","v","EX",100]""", """{"result":"OK"}""")]
    [InlineData("""["GET","none"]""", """{"result":null}""")]
    [InlineData("""["ECHO",true]""", """{"result":"true"}""")]
    [InlineData("""["ECHO",null]""", """{"result":"null"}""")]
    [InlineData("""["ECHO",1.50]""", """{"result":"1.50"}""")]
    [InlineData("""["ECHO","grüße\n\"<"]""", """{"result":"grüße\n\"<"}""")]
    [InlineData("""["EVAL","return {1,'OK',false,{2}}",0]""", """{"result":[1,"OK",null,[2]]}""")]
    [InlineData("""["EVAL","return '\\255'",0]""", """{"result":"�"}""")]
    public async Task Command_in_the_body_is_run(string command, string answer)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        Assert.Equal((200, answer), await upstash.AskAsync("/", command));
    }

    [Theory]
    [InlineData("/", "", "ERR failed to parse command")]
    [InlineData("/", "{}", "ERR failed to parse command")]
    [InlineData("/", """["GET",["k"]]""", "ERR failed to parse command")]
    [InlineData("/", """["GET",{}]""", "ERR failed to parse command")]
    [InlineData("/", """["GET","\ud800"]""", "ERR failed to parse command")]
    [InlineData("/", "[]", "ERR empty command")]
    [InlineData("/", """["GET"]""", "ERR wrong number of arguments for 'get' command")]
    [InlineData("/", """["NONE","k"]""", $"ERR Command is not available: 'NONE'. {NotAvailable}")]
    [InlineData("/", """["hello",3]""", $"ERR Command is not available: 'HELLO'. {NotAvailable}")]
    [InlineData("/", """["AUTH","x"]""", $"ERR Command is not available: 'AUTH'. {NotAvailable}")]
    [InlineData("/", """["QUIT"]""", $"ERR Command is not available: 'QUIT'. {NotAvailable}")]
    [InlineData("/", """["RESET"]""", $"ERR Command is not available: 'RESET'. {NotAvailable}")]
    [InlineData("/", """["SELECT",1]""", $"ERR Command is not available: 'SELECT'. {NotAvailable}")]
    [InlineData("/", """["CLIENT","REPLY","OFF"]""", $"ERR Command is not available: 'CLIENT'. {NotAvailable}")]
    [InlineData("/", """["MULTI"]""", $"ERR Command is not available: 'MULTI'. {NotAvailable}")]
    [InlineData("/", """["WATCH","k"]""", $"ERR Command is not available: 'WATCH'. {NotAvailable}")]
    [InlineData("/", """["BLPOP","k",0]""", $"ERR Command is not available: 'BLPOP'. {NotAvailable}")]
    [InlineData("/", """["XREAD","block",0,"STREAMS","s","$"]""", $"ERR Command is not available: 'XREAD'. {NotAvailable}")]
    [InlineData("/", """["SUBSCRIBE","c"]""", $"ERR Command is not available: 'SUBSCRIBE'. {NotAvailable}")]
    [InlineData("/", """["MONITOR"]""", $"ERR Command is not available: 'MONITOR'. {NotAvailable}")]
    [InlineData("/", """["CONFIG","SET","dir","x"]""", $"ERR Command is not available: 'CONFIG'. {NotAvailable}")]
    [InlineData("/", """["SHUTDOWN"]""", $"ERR Command is not available: 'SHUTDOWN'. {NotAvailable}")]
    [InlineData("/", """["SCRIPT","DEBUG","YES"]""", $"ERR Command is not available: 'SCRIPT'. {NotAvailable}")]
    [InlineData("/", """["EVAL","return redis.call('CONFIG','GET','*')",0]""", null)]
    [InlineData("/pipeline", "{}", "ERR failed to parse pipeline request")]
    [InlineData("/pipeline", """["GET","k"]""", "ERR failed to parse pipeline request")]
    [InlineData("/pipeline", "[]", "ERR empty pipeline request")]
    [InlineData("/multi-exec", "x", "ERR failed to parse multi-exec request")]
    [InlineData("/multi-exec", "[]", "ERR empty multi-exec request")]
    public async Task What_cannot_be_run_is_400_with_the_reason(string path, string body, string? error)
    {
        await using var upstash = await RunningUpstash.StartAsync();

        var (status, answer) = await upstash.AskAsync(path, body);

        Assert.Equal(400, status);
        var told = Assert.Single(JsonNode.Parse(answer)!.AsObject());
        Assert.Equal("error", told.Key);
        Assert.Equal(error ?? (string)told.Value!, (string)told.Value!);
        Assert.Equal("PONG", (string)(await upstash.RunAsync("PING"))!);
    }

    [Theory]
    [InlineData("GET", "/set/foo/bar", null, "bar")]
    [InlineData("POST", "/SET/foo", "a body", "a body")]
    [InlineData("PUT", "/set/foo?EX=100&_token=local", "a body", "a body")]
    [InlineData("POST", "/set/foo?EX=100&GET", "a body", "a body")]
    [InlineData("GET", "/set/foo/a%2Fb%20c+d%25", null, "a/b c+d%")]
    [InlineData("GET", "/set/foo/", null, "")]
    public async Task Command_in_the_path_is_run(string method, string path, string? body, string value)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body) };

        using var answer = await upstash.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(value, (string?)JsonNode.Parse(await upstash.Http.GetStringAsync("/get/foo", TestContext.Current.CancellationToken))!["result"]);
        Assert.Equal(path.Contains("EX=100", StringComparison.Ordinal), (int)(await upstash.RunAsync("TTL", "foo"))! > 90);
    }

    [Theory]
    [InlineData("/get/%zz")]
    [InlineData("/get/%4")]
    [InlineData("/set/k?%")]
    public void Path_with_an_escape_that_is_none_is_no_command(string target) => Assert.Null(PathCommand.Read(target, default));

    [Fact]
    public async Task Bytes_that_are_no_text_come_back_as_they_were_in_base64()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        byte[] bytes = [0, 255, 13, 10, 128];
        await upstash.Http.PostAsync("/set/foo", new ByteArrayContent(bytes), TestContext.Current.CancellationToken);
        await upstash.Http.GetAsync("/rpush/list/%FF/OK", TestContext.Current.CancellationToken);
        upstash.Http.DefaultRequestHeaders.Add("Upstash-Encoding", "base64");

        Assert.Equal((200, $$"""{"result":"{{Convert.ToBase64String(bytes)}}"}"""), await upstash.AskAsync("/", """["GET","foo"]"""));
        Assert.Equal((200, """{"result":["/w==","T0s="]}"""), await upstash.AskAsync("/", """["LRANGE","list",0,-1]"""));
        Assert.Equal((200, """{"result":"OK"}"""), await upstash.AskAsync("/", """["SET","foo","OK"]"""));
        Assert.Equal((200, """{"result":"OK"}"""), await upstash.AskAsync("/", """["GET","foo"]"""));
        Assert.Equal((200, """[{"result":"UE9ORw=="},{"result":1},{"result":null},{"error":"ERR syntax error"}]"""),
            await upstash.AskAsync("/pipeline", """[["PING"],["DEL","foo"],["GET","foo"],["SET","a","b","c"]]"""));
    }

    [Fact]
    public async Task Replies_can_be_had_as_redis_server_gave_them()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        upstash.Http.DefaultRequestHeaders.Add("Upstash-Response-Format", "resp2");

        using var answer = await upstash.PostAsync("/pipeline", """[["SET","k","v"],["MGET","k","none"],["INCR","k"]]""");

        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((200, "+OK\r\n*2\r\n$1\r\nv\r\n$-1\r\n-ERR value is not an integer or out of range\r\n"), await RunningUpstash.ReadAsync(answer));
        Assert.Equal((200, """[{"result":"v"}]"""), await upstash.AskAsync("/multi-exec", """[["GET","k"]]"""));
        Assert.Equal((400, "-ERR syntax error\r\n"), await upstash.AskAsync("/", """["SET","a","b","c"]"""));
        upstash.Http.DefaultRequestHeaders.Add("Upstash-Encoding", "base64");
        Assert.Equal(400, (await upstash.AskAsync("/", """["PING"]""")).Status);
        upstash.Http.DefaultRequestHeaders.Remove("Upstash-Response-Format");
        upstash.Http.DefaultRequestHeaders.Add("Upstash-Response-Format", "resp3");
        Assert.Equal(400, (await upstash.AskAsync("/", """["PING"]""")).Status);
    }

    [Fact]
    public async Task Pipeline_goes_on_after_a_failure_and_keeps_the_order()
    {
        await using var upstash = await RunningUpstash.StartAsync();

        var answer = await upstash.AskAsync(
            "/pipeline", """[["SET","k","x"],["SETEX","k2",13,"z"],["QUIT"],["INCR","k"],[],["ZADD","s",11,"a",22,"b"]]""");

        Assert.Equal(
            (200, """[{"result":"OK"},{"result":"OK"},{"error":"ERR Command is not available: 'QUIT'. """ + NotAvailable
                + """ "},{"error":"ERR value is not an integer or out of range"},{"error":"ERR empty command"},{"result":2}]""".TrimStart()),
            (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Transaction_runs_whole_or_not_at_all()
    {
        await using var upstash = await RunningUpstash.StartAsync();

        Assert.Equal(
            (200, """[{"result":"OK"},{"error":"ERR value is not an integer or out of range"},{"result":"x"}]"""),
            await upstash.AskAsync("/multi-exec", """[["SET","k","x"],["INCR","k"],["GET","k"]]"""));
        Assert.Equal(
            (400, """{"error":"ERR wrong number of arguments for 'get' command"}"""),
            await upstash.AskAsync("/multi-exec", """[["SET","k","y"],["GET"],["SET","k","z"]]"""));
        Assert.Equal(
            (400, $$"""{"error":"ERR Command is not available: 'EXEC'. {{NotAvailable}}"}"""),
            await upstash.AskAsync("/multi-exec", """[["SET","k","y"],["EXEC"]]"""));
        Assert.Equal("x", (string)(await upstash.RunAsync("GET", "k"))!);
    }

    [Fact]
    public async Task Transactions_of_many_callers_are_not_mixed()
    {
        await using var upstash = await RunningUpstash.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => upstash.AskAsync(
            "/multi-exec", """[["GET","n"],["INCR","n"],["INCR","n"],["GET","n"]]""")));

        Assert.All(answers, answer =>
        {
            var results = JsonNode.Parse(answer.Body)!.AsArray();
            Assert.Equal(int.Parse((string?)results[0]!["result"] ?? "0", System.Globalization.CultureInfo.InvariantCulture) + 2, (int)results[2]!["result"]!);
        });
        Assert.Equal("128", (string)(await upstash.RunAsync("GET", "n"))!);
    }

    [Theory]
    [InlineData("#!lua flags=allow-key-locking\nreturn 7")]
    [InlineData("#!lua flags=allow-key-locking,no-writes\nreturn 7")]
    [InlineData("#!lua flags=no-writes,allow-key-locking\r\nreturn 7")]
    [InlineData("#!lua\nreturn 7")]
    [InlineData("return 7")]
    public async Task Scripts_with_the_flags_of_Upstash_run_under_the_digest_of_what_was_sent(string script)
    {
        await using var upstash = await RunningUpstash.StartAsync();
#pragma warning disable CA5350 // It is a name.
        var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(Encoding.UTF8.GetBytes(script)));
#pragma warning restore CA5350

        Assert.Equal(
            (400, """{"error":"NOSCRIPT No matching script. Please use EVAL."}"""), await upstash.AskAsync("/", $"""["EVALSHA","{digest}",0]"""));
        Assert.Equal(7, (int)(await upstash.RunAsync("EVAL", script, 0))!);
        Assert.Equal(7, (int)(await upstash.RunAsync("evalsha", digest, 0))!);
        Assert.Equal(7, (int)(await upstash.RunAsync("EVALSHA", digest.ToUpperInvariant(), 0))!);
        Assert.Equal("[1,0]", (await upstash.RunAsync("SCRIPT", "EXISTS", digest, new string('0', 40)))!.ToJsonString());
        await upstash.RunAsync("SCRIPT", "FLUSH");
        Assert.Equal(digest, (string)(await upstash.RunAsync("script", "load", script))!);
        Assert.Equal(7, (int)(await upstash.RunAsync("EVALSHA", digest, 0))!);
    }

    [Fact]
    public async Task Every_script_of_a_request_too_large_is_refused_with_the_limit()
    {
        await using var upstash = await RunningUpstash.StartAsync(("LocalUpstash:MaximumRequestBytes", "2000"));
        var body = $"""["SET","k","{new string('x', 2000)}"]""";

        Assert.Equal(
            (400, $$"""{"error":"ERR max request size exceeded. Limit: 2000 bytes, Actual: {{body.Length}} bytes"}"""), await upstash.AskAsync("/", body));
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        chunked.Headers.TransferEncodingChunked = true;
        using var answer = await upstash.Http.SendAsync(chunked, TestContext.Current.CancellationToken);
        Assert.Equal((400, """{"error":"ERR max request size exceeded. Limit: 2000 bytes"}"""), await RunningUpstash.ReadAsync(answer));
    }

    [Theory]
    [InlineData(null, "", 401)]
    [InlineData("Bearer", "", 401)]
    [InlineData("Bearer other", "", 401)]
    [InlineData("Basic local", "", 401)]
    [InlineData("Bearer local", "", 200)]
    [InlineData("bearer local", "", 200)]
    [InlineData(null, "?_token=local", 200)]
    [InlineData(null, "?_token=other", 401)]
    [InlineData("Bearer other", "?_token=local", 401)]
    public async Task Token_is_asked_for_everywhere(string? header, string query, int status)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        foreach (var (path, body) in ((string, string)[])[("/", """["PING"]"""), ("/pipeline", """[["PING"]]"""), ("/multi-exec", """[["PING"]]"""), ("/ping", "")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(upstash.Address, path + query)) { Content = new StringContent(body) };
            using var http = new HttpClient();
            if (header is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", header);
            }

            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(
                status == 401,
                (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
                    == """{"error":"WRONGPASS invalid or missing auth token. See https://docs.upstash.com/redis/troubleshooting/http_unauthorized for details."}""");
        }
    }

    [Theory]
    [InlineData("""["GET","k"]""", null)]
    [InlineData("""["LRANGE","l",0,-1]""", null)]
    [InlineData("""["SET","k","v"]""", "NOPERM this user has no permissions to run the 'set' command")]
    [InlineData("""["KEYS","*"]""", "NOPERM this user has no permissions to run the 'keys' command")]
    [InlineData("""["SCAN",0]""", "NOPERM this user has no permissions to run the 'scan' command")]
    [InlineData("""["EVAL","return redis.call('SET','k','v')",1,"k"]""", "NOPERM this user has no permissions to run the 'eval' command")]
    public async Task Reading_token_reads_and_no_more(string command, string? error)
    {
        await using var upstash = await RunningUpstash.StartAsync();
        upstash.Http.DefaultRequestHeaders.Authorization = new("Bearer", LocalUpstashDefaults.ReadOnlyToken);

        var answer = await upstash.AskAsync("/", command);

        Assert.Equal(error is null ? 200 : 400, answer.Status);
        Assert.Equal(error, (string?)JsonNode.Parse(answer.Body)!["error"]);
        Assert.Equal(error is null ? 200 : 400, (await upstash.AskAsync("/multi-exec", $"[{command}]")).Status);
    }

    [Fact]
    public async Task Other_methods_are_405_and_HEAD_is_a_GET_without_a_body()
    {
        await using var upstash = await RunningUpstash.StartAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Delete, HttpMethod.Patch, HttpMethod.Options])
        {
            using var refused = await upstash.Http.SendAsync(new HttpRequestMessage(method, "/ping"), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
        }

        using var head = await upstash.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/ping"), TestContext.Current.CancellationToken);
        Assert.Equal((200, ""), await RunningUpstash.ReadAsync(head));
        Assert.Equal(17, head.Content.Headers.ContentLength);
        Assert.True(head.Headers.Contains("Upstash-Sync-Token"));
    }
}
