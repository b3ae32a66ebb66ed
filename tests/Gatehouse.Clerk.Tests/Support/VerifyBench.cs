using System.Globalization;
using System.Text.Json.Nodes;
using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.OpaqueTokens;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests.Support;

/// <summary>A source over a stand-in for Clerk, with a clock of its own.</summary>
internal sealed class VerifyBench
{
    public const string Receiver = "mch_receiver";

    public VerifyBench(OpaqueTokenOptions? options = null, string? secret = "sk_test_x", string? machineSecret = null)
    {
        var clerk = new ClerkBackendClient(
            new HttpClient(Server), Options.Create(new ClerkOptions { SecretKey = secret, MachineSecretKey = machineSecret }), Clock);
        Source = new ClerkOpaqueTokenSource(clerk, options, Clock, meters: null, Log);
    }

    public VerifyServer Server { get; } = new();

    public TestClock Clock { get; } = new();

    public ListLogger<ClerkOpaqueTokenSource> Log { get; } = new();

    public ClerkOpaqueTokenSource Source { get; }

    /// <summary>Makes Clerk know a token of the class that its prefix says.</summary>
    /// <param name="token">The token.</param>
    /// <param name="change">Changes what Clerk says of it.</param>
    public string Know(string token, Action<JsonObject>? change = null)
    {
        var answer = token[..3] switch
        {
            "mt_" => new JsonObject
            {
                ["object"] = "machine_to_machine_token",
                ["id"] = "mt_0123456789abcdef",
                ["subject"] = "mch_sender",
                ["scopes"] = new JsonArray(Receiver),
                ["claims"] = null,
            },
            "ak_" => new JsonObject
            {
                ["object"] = "api_key",
                ["id"] = "ak_0123456789abcdef",
                ["type"] = "api_key",
                ["subject"] = "user_1",
                ["name"] = "ci key",
                ["description"] = null,
                ["claims"] = new JsonObject { ["plan"] = "pro" },
                ["scopes"] = new JsonArray("read:items"),
                ["created_by"] = null,
            },
            _ => new JsonObject
            {
                ["object"] = "clerk_idp_oauth_access_token",
                ["id"] = "oat_0123456789abcdef",
                ["client_id"] = "abc123",
                ["type"] = "oauth:access_token",
                ["subject"] = "user_1",
                ["scopes"] = new JsonArray("email", "profile"),
            },
        };
        answer["revoked"] = false;
        answer["revocation_reason"] = null;
        answer["expired"] = false;
        answer["expiration"] = null;
        answer["last_used_at"] = null;
        answer["created_at"] = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        answer["updated_at"] = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        change?.Invoke(answer);
        Server.Know(token, answer.ToJsonString());
        return token;
    }

    public Task<OpaqueLookup> FindAsync(string token) => Source.FindAsync(token, ClassOf(token), CancellationToken.None).AsTask();

    public Task<OpaqueLookup> FindMadeUpAsync(int number) => FindAsync(string.Create(CultureInfo.InvariantCulture, $"ak_made-up-{number}"));

    private static TokenClass ClassOf(string token) => token[..3] switch
    {
        "mt_" => TokenClass.M2M,
        "ak_" => TokenClass.ApiKey,
        _ => TokenClass.OAuth,
    };
}
