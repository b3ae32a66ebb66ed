using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Clerk.Tests.Keys;

/// <summary>Downloads over real HTTP, from servers that do their worst.</summary>
public sealed class KeySetDownloadTests
{
    [Fact]
    public async Task Backend_api_is_asked_with_secret_version_and_name()
    {
        var sent = new Dictionary<string, string>();
        await using var server = await StandIn.StartAsync(async context =>
        {
            sent = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            await context.Response.WriteAsync(Specimens.Jwks(Specimens.Jwk("first")));
        });

        Assert.True((await FindAsync(server, "sk_test_x")).Found);
        Assert.Equal("Bearer sk_test_x", sent["Authorization"]);
        Assert.Equal("2026-05-12", sent["Clerk-API-Version"]);
        Assert.StartsWith("Gatehouse.Clerk/", sent["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Public_document_is_asked_without_credentials()
    {
        var sent = new Dictionary<string, string>();
        await using var server = await StandIn.StartAsync(async context =>
        {
            sent = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString());
            await context.Response.WriteAsync(Specimens.Jwks(Specimens.Jwk("first")));
        });

        Assert.True((await FindAsync(server)).Found);
        Assert.False(sent.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Endless_answer_is_cut_off_at_the_limit()
    {
        var endless = new EndlessStream();
        using var http = new HttpClient(new StreamHandler(endless));
        var source = new ClerkKeySetSource(http, new KeySetSourceOptions { Address = new Uri("https://keys.example/jwks") });

        Assert.Equal(KeyLookup.Unavailable, await source.FindAsync("first", CancellationToken.None));
        Assert.Equal((256 * 1024) + 1, endless.Given);
    }

    [Fact]
    public async Task Server_that_never_ends_its_answer_is_hung_up_on()
    {
        var ended = new TaskCompletionSource();
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.RequestAborted.Register(() => ended.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[16 * 1024]);
            }
        });

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(server));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Announced_oversize_is_not_read_at_all()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentLength = 1_000_000_000;
            await context.Response.StartAsync();
            context.Abort();
        });

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(server));
    }

    [Theory]
    [InlineData(8 * 1024)]
    [InlineData(256 * 1024)]
    public async Task Document_of_exactly_the_buffer_or_the_limit_is_read(int length)
    {
        var document = Specimens.Jwks(Specimens.Jwk("first")).PadRight(length);
        await using var server = await StandIn.StartAsync(context => context.Response.WriteAsync(document));

        Assert.True((await FindAsync(server)).Found);
    }

    [Fact]
    public async Task Document_one_byte_over_the_limit_is_refused()
    {
        var document = Specimens.Jwks(Specimens.Jwk("first")).PadRight((256 * 1024) + 1);
        await using var server = await StandIn.StartAsync(context => context.Response.WriteAsync(document));

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(server));
    }

    [Theory]
    [InlineData(StatusCodes.Status302Found)]
    [InlineData(StatusCodes.Status401Unauthorized)]
    [InlineData(StatusCodes.Status500InternalServerError)]
    public async Task Any_status_but_success_counts_as_no_answer(int status)
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync(Specimens.Jwks(Specimens.Jwk("first")));
        });

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(server));
    }

    [Fact]
    public async Task Connection_that_breaks_in_the_body_counts_as_no_answer()
    {
        await using var server = await StandIn.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"keys":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal(KeyLookup.Unavailable, await FindAsync(server));
    }

    private static async Task<KeyLookup> FindAsync(StandIn server, string? secret = null)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        var source = new ClerkKeySetSource(http, new KeySetSourceOptions { Address = server.Address, SecretKey = secret });
        return await source.FindAsync("first", CancellationToken.None);
    }
}
