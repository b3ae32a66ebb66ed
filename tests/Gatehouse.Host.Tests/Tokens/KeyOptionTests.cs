using Gatehouse.Testbed;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Host.Tests.Tokens;

/// <summary>Wrong usage never reaches standard output; keys from an address, and keys that cannot be had.</summary>
public sealed class KeyOptionTests : IDisposable
{
    private readonly TokenTool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("give the issuer's keys")]
    [InlineData("give --jwks or --pem, not both", "--jwks", "{jwks}", "--pem", "{pem}")]
    [InlineData("absent.json cannot be read", "--jwks", "absent.json")]
    [InlineData("absent.pem cannot be read", "--pem", "absent.pem")]
    [InlineData("cannot be read", "--jwks", "{folder}")]
    [InlineData("is no JWKS document", "--jwks", "{pem}")]
    [InlineData("is larger than", "--jwks", "/dev/zero")]
    [InlineData("holds no RSA public key", "--pem", "{jwks}")]
    [InlineData("an address must be https", "--jwks", "http://keys.example.com/jwks.json")]
    [InlineData("an address must be https", "--jwks", "https://user:secret@keys.example.com/")]
    [InlineData("--jwks is empty", "--jwks", "")]
    [InlineData("--issuer is empty", "--jwks", "{jwks}", "--issuer", "")]
    [InlineData("--azp is empty", "--jwks", "{jwks}", "--azp", TokenForge.Origin, "--azp", " ")]
    [InlineData("--audience is empty", "--jwks", "{jwks}", "--audience", "")]
    [InlineData("--machine is empty", "--jwks", "{jwks}", "--machine", "")]
    [InlineData("'admin' not recognized", "--jwks", "{jwks}", "--class", "admin")]
    [InlineData("'handshake' not recognized", "--jwks", "{jwks}", "--class", "handshake")]
    [InlineData("--at is a time", "--jwks", "{jwks}", "--at", "-1")]
    [InlineData("--at is a time", "--jwks", "{jwks}", "--at", "253402300799")]
    [InlineData("--at", "--jwks", "{jwks}", "--at", "tomorrow")]
    [InlineData("--skew is 0 to 86400", "--jwks", "{jwks}", "--skew", "86401")]
    [InlineData("--skew is 0 to 86400", "--jwks", "{jwks}", "--skew", "-1")]
    [InlineData("--skew", "--jwks", "{jwks}", "--skew", "5s")]
    [InlineData("'--issuer'", "--jwks", "{jwks}", "--issuer")]
    [InlineData("'--issuer'", "--jwks", "{jwks}", "--issuer", "a", "--issuer", "b")]
    [InlineData("there is no option --loud", "--jwks", "{jwks}", "--loud")]
    [InlineData("there is no option -v", "--jwks", "{jwks}", "-v")]
    [InlineData("'another'", "--jwks", "{jwks}", "one", "another")]
    [InlineData("leave the token out", "--jwks", "{jwks}", "--batch", "token")]
    public async Task Wrong_usage_ends_with_2_and_answers_nothing(string because, params string[] args)
    {
        var folder = Path.GetDirectoryName(_tool.Jwks)!;
        var given = Array.ConvertAll(args, arg => arg switch { "{jwks}" => _tool.Jwks, "{pem}" => _tool.Pem, "{folder}" => folder, _ => arg });
        (await TokenTool.RunAsync(_tool.Forge.Session(), ["token", "verify", .. given])).IsWrongUsage(because);
    }

    [Theory]
    [InlineData("--loud", "{token}")]
    [InlineData("{token}", "{token}")]
    [InlineData("--at", "{token}")]
    [InlineData("--class", "{token}")]
    [InlineData("--skew", "{token}")]
    [InlineData("--{token}")]
    public async Task Token_in_the_wrong_place_is_not_repeated(params string[] args)
    {
        foreach (var token in new[] { _tool.Forge.Session(), "mt_0123456789abcdef0123456789abcdef" })
        {
            var run = await TokenTool.RunAsync("", ["token", "verify", "--jwks", _tool.Jwks, .. Array.ConvertAll(args, arg => arg.Replace("{token}", token, StringComparison.Ordinal))]);
            Assert.Equal((2, ""), (run.ExitCode, run.Output));
            Assert.DoesNotContain(token[^20..], run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--jwks")]
    [InlineData("--pem")]
    public async Task Signature_of_a_token_in_the_place_of_a_file_is_not_repeated(string option)
    {
        var token = _tool.Forge.Session();
        var run = await TokenTool.RunAsync("", "token", "verify", option, token);
        run.IsWrongUsage("cannot be read: it is ");
        Assert.DoesNotContain(token[^20..], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Argument_that_looks_like_a_response_file_is_a_token()
    {
        var file = _tool.Write("arguments", "--production");
        (await TokenTool.RunAsync("", "token", "verify", "--jwks", _tool.Jwks, $"@{file}")).IsRefusedFor("malformed");
    }

    [Fact]
    public async Task Keys_are_downloaded_when_a_token_asks_for_them()
    {
        await using var server = await ServeAsync(http => http.Response.WriteAsync(_tool.Forge.Jwks));
        string[] verify = ["token", "verify", "--jwks", $"{server.Urls.Single()}/jwks", "--at", _tool.Now];
        (await TokenTool.RunAsync("", [.. verify, _tool.Forge.Session()])).IsAccepted();
        (await TokenTool.RunAsync("", [.. verify, _tool.Forge.Session(header: header => header["kid"] = "ins_2Nobody")])).IsRefusedFor("key-unknown");
    }

    [Fact]
    public async Task Batch_downloads_the_keys_once()
    {
        var fetches = 0;
        await using var server = await ServeAsync(http =>
        {
            Interlocked.Increment(ref fetches);
            return http.Response.WriteAsync(_tool.Forge.Jwks);
        });
        var lines = string.Concat(Enumerable.Range(0, 500).Select(n => BatchTests.Line(_tool.Forge.Session(header: header => header["kid"] = n % 2 == 0 ? _tool.Forge.KeyId : $"ins_2Nobody{n}"))));
        var run = await TokenTool.RunAsync(lines, "token", "verify", "--jwks", $"{server.Urls.Single()}/jwks", "--at", _tool.Now, "--batch");
        Assert.Equal((1, 1, 500), (fetches, run.ExitCode, run.Lines.Length));
        Assert.All(run.Lines.Index(), line => Assert.StartsWith(line.Index % 2 == 0 ? """{"ok":true""" : """{"ok":false,"reason":"key-unknown"}""", line.Item, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keys_that_cannot_be_had_are_not_the_tokens_fault()
    {
        var server = await ServeAsync(http => http.Response.WriteAsync(_tool.Forge.Jwks));
        var address = $"{server.Urls.Single()}/jwks";
        await server.DisposeAsync();

        var run = await TokenTool.RunAsync("", "token", "verify", "--jwks", address, "--at", _tool.Now, _tool.Forge.Session());
        run.IsRefusedFor("keys-unavailable");
        Assert.Contains(address, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_to_other_keys_is_not_followed()
    {
        await using var keys = await ServeAsync(http => http.Response.WriteAsync(_tool.Forge.Jwks));
        await using var redirecting = await ServeAsync(http =>
        {
            http.Response.Redirect($"{keys.Urls.Single()}/jwks");
            return Task.CompletedTask;
        });
        (await TokenTool.RunAsync("", "token", "verify", "--jwks", $"{redirecting.Urls.Single()}/jwks", "--at", _tool.Now, _tool.Forge.Session())).IsRefusedFor("keys-unavailable");
    }

    private static async Task<WebApplication> ServeAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
