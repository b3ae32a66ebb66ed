using Gatehouse.AspNetCore.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

public sealed class SmugglingTests
{
    private const string Hidden = "GET /to/hidden HTTP/1.1\r\nHost: a\r\n\r\n";

    [Theory]
    [InlineData("both lengths, the chunks whole", "Content-Length: 40\r\nTransfer-Encoding: chunked", "0\r\n\r\n" + Hidden)]
    [InlineData("both lengths, the other way round", "Transfer-Encoding: chunked\r\nContent-Length: 4", "2c\r\n" + Hidden + "\r\n0\r\n\r\n")]
    [InlineData("two lengths", "Content-Length: 0\r\nContent-Length: 40", Hidden)]
    [InlineData("a list of lengths", "Content-Length: 0, 40", Hidden)]
    [InlineData("a length with a sign", "Content-Length: +0", Hidden)]
    [InlineData("a negative length", "Content-Length: -1", Hidden)]
    [InlineData("a length in hex", "Content-Length: 0x0", Hidden)]
    [InlineData("chunked twice", "Transfer-Encoding: chunked, chunked", "0\r\n\r\n" + Hidden)]
    [InlineData("another encoding", "Transfer-Encoding: identity", Hidden)]
    [InlineData("an unknown encoding last", "Transfer-Encoding: chunked, cow", "0\r\n\r\n" + Hidden)]
    [InlineData("an odd spelling", "Transfer-Encoding : chunked", "0\r\n\r\n" + Hidden)]
    [InlineData("a folded line", "Transfer-Encoding:\r\n chunked", "0\r\n\r\n" + Hidden)]
    [InlineData("a vertical tab", "Transfer-Encoding: \u000bchunked", "0\r\n\r\n" + Hidden)]
    [InlineData("an underscore", "Transfer_Encoding: chunked\r\nContent-Length: 0", "0\r\n\r\n" + Hidden)]
    [InlineData("a bad chunk size", "Transfer-Encoding: chunked", "zz\r\n" + Hidden)]
    [InlineData("a chunk size with a sign", "Transfer-Encoding: chunked", "+1\r\nA\r\n0\r\n\r\n" + Hidden)]
    [InlineData("a huge chunk size", "Transfer-Encoding: chunked", "ffffffffffffffff1\r\n" + Hidden)]
    [InlineData("a chunk without its end", "Transfer-Encoding: chunked", "1\r\nAB\r\n0\r\n\r\n" + Hidden)]
    [InlineData("a bare line feed after a size", "Transfer-Encoding: chunked", "1\nA\r\n0\r\n\r\n" + Hidden)]
    [InlineData("a bare carriage return in a header", "X-A: b\rContent-Length: 40", Hidden)]
    [InlineData("a null in a header", "X-A: b\0c\r\nContent-Length: 0", Hidden)]
    [InlineData("the length named by Connection", "Connection: Content-Length\r\nContent-Length: 0", Hidden)]
    public async Task No_framing_hides_a_request_in_anothers_body(string shape, string framing, string body)
    {
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("answer");
        });
        await using var front = await FrontApp.StartAsync(app =>
        {
            app.MapForwarding("/to/first", new Uri(upstream.Address, "/first"), options => options.Token = ForwardedToken.None);
            app.MapForwarding("/to/hidden", new Uri(upstream.Address, "/hidden"));   // asks for a token, and there is none
        });

        await RawHttp.AskAsync(
            front.Address, $"POST /to/first HTTP/1.1\r\nHost: a\r\n{framing}\r\n\r\n{body}GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.True(upstream.Requests.All(request => request.Target == "/first"), shape);
        Assert.InRange(upstream.Requests.Count, 0, 1);
    }

    [Fact]
    public async Task A_body_that_looks_like_requests_stays_one_body()
    {
        var bodies = new List<string>();
        await using var upstream = await Upstream.StartAsync(async context =>
        {
            bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
        });
        await using var front = await FrontApp.StartAsync(app =>
            app.MapForwarding("/to/{**rest}", upstream.Address, options => options.Token = ForwardedToken.None));
        var body = "0\r\n\r\n" + Hidden;
        using var response = await front.SendAsync("/to/x", HttpMethod.Post, content: new StringContent(body));
        using var chunked = front.Ask("/to/x", HttpMethod.Post, content: new StringContent(body));
        chunked.Headers.TransferEncodingChunked = true;
        using var again = await front.Client.SendAsync(chunked);
        Assert.Equal([body, body], bodies);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: nonsense\r\n\r\nhello")]
    [InlineData("HTTP/9.9 200 OK\r\n\r\n")]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("HTTP/1.1 99999 OK\r\n\r\n")]
    [InlineData("")]
    public async Task An_answer_that_is_no_http_is_none(string bytes)
    {
        await using var server = new RawServer((_, stream) => stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(bytes)));
        await using var front = await FrontApp.StartAsync(app =>
            app.MapForwarding("/to/{**rest}", server.Address, options => options.Token = ForwardedToken.None));
        var answer = await RawHttp.AskAsync(front.Address, "GET /to/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.DoesNotContain("hello", answer, StringComparison.Ordinal);
        Assert.True(answer.StartsWith("HTTP/1.1 503", StringComparison.Ordinal), answer);
    }
}
