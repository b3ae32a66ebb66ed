using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Tests.Webhooks;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>A local Clerk with one of everything in it, by names that stand for ids in paths and bodies: <c>{user_id}</c>.</summary>
public sealed partial class Stage : IAsyncDisposable
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private long _told;

    private Stage(RunningClerk clerk) => Clerk = clerk;

    public RunningClerk Clerk { get; }

    public string this[string name] => _names[name];

    public static async Task<Stage> SetAsync()
    {
        var stage = new Stage(await RunningClerk.StartAsync());
        await stage.AddPeopleAsync();
        await stage.AddOrganizationAsync();
        await stage.AddTokensAsync();
        return stage;
    }

    /// <summary>Puts ids in the place of their names.</summary>
    public string Fill(string text) => NamePattern.Replace(text, match => _names.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    public Task<Answer> SendAsync(string method, string path, string? body = null, HttpClient? client = null) =>
        Clerk.SendAsync(new HttpMethod(method), Fill(path), body is null ? null : JsonNode.Parse(Fill(body)), client);

    /// <summary>Gives a name to a member of an answer.</summary>
    public async Task NameAsync(string name, string method, string path, string? body, string member) =>
        _names[name] = (await DoAsync(method, path, body)).Text(member);

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<Answer> DoAsync(string method, string path, string? body = null, HttpClient? client = null)
    {
        var answer = await SendAsync(method, path, body, client);
        Assert.True(answer.Status is >= 200 and < 300, $"{method} {path}: {answer.Status} {answer.Body}");
        return answer;
    }

    /// <summary>Sends a form with a file, which must succeed.</summary>
    public async Task<Answer> UploadAsync(string method, string path, string field = "file", string value = "")
    {
        var answer = await Clerk.UploadAsync(new HttpMethod(method), Fill(path), Pictures.Png, "image/png", field == "file" ? [] : [(field, Fill(value))]);
        Assert.True(answer.Status == 200, $"{method} {path}: {answer.Status} {answer.Body}");
        return answer;
    }

    /// <summary>The types of the events since the last time, each of which has the fields that Clerk documents.</summary>
    public IReadOnlyList<string> Raised()
    {
        var messages = Clerk.Webhooks.After(_told);
        _told = messages.Count > 0 ? messages[^1].Number : _told;
        Assert.All(messages, message => Assert.Empty(EventShapes.Faults(JsonNode.Parse(message.Payload.Span)!)));
        return [.. messages.Select(message => message.Type)];
    }

    public async ValueTask DisposeAsync() => await Clerk.DisposeAsync();

    private async Task AddPeopleAsync()
    {
        (_names["ada"], _names["grace"], _names["lin"]) = (LocalClerkDefaults.AdaUserId, LocalClerkDefaults.GraceUserId, LocalClerkDefaults.LinUserId);
        (_names["krypton"], _names["operators"]) = (LocalClerkDefaults.KryptonOrganizationId, LocalClerkDefaults.OperatorsOrganizationId);
        var user = await AddAsync("user_id", "/v1/users", """
            {"email_address":["mary@example.com","mary.second@example.com"],"phone_number":["+12015550100"],"username":"mary","first_name":"Mary",
             "last_name":"Somerville","password":"a long enough one","totp_secret":"JBSWY3DPEHPK3PXP","backup_codes":["code-one","code-two"],
             "external_id":"mary-1","web3_wallet":["0x52908400098527886E0F7030069857D2E4169EE7","7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV"]}
            """);
        (_names["email_address_id"], _names["phone_number_id"]) = ((string)user["email_addresses"]![1]!["id"]!, (string)user["phone_numbers"]![0]!["id"]!);
        _names["web3_wallet_identification_id"] = (string)user["web3_wallets"]![1]!["id"]!;
        await UploadAsync("POST", "/v1/users/{user_id}/profile_image");
        await AddAsync(
            "external_account_id", "/_local/external_accounts",
            """{"user":"{user_id}","provider":"oauth_google","provider_user_id":"google-1","token":"ya29.mary","scopes":["email"]}""");
        _names["provider"] = "oauth_google";
        await AddAsync("session_id", "/v1/sessions", """{"user_id":"{user_id}"}""");
        await NameAsync("session_client", "GET", "/v1/sessions/{session_id}", null, "client_id");
        lock (Clerk.World.Gate)
        {
            var client = ClientSessions.NewClient(Clerk.World);
            (_names["browser"], _names["client_cookie"]) = (client.Id, client.Secret);
        }

        _names["email_verification"] = await IdOfAsync("/v1/email_addresses/{email_address_id}/prepare_verification");
        _names["phone_verification"] = await IdOfAsync("/v1/phone_numbers/{phone_number_id}/prepare_verification");
    }

    private async Task AddOrganizationAsync()
    {
        await AddAsync("organization_id", "/v1/organizations", """{"name":"Acme","slug":"acme","created_by":"{ada}","max_allowed_memberships":0}""");
        await UploadAsync("PUT", "/v1/organizations/{organization_id}/logo");
        await DoAsync("POST", "/v1/organizations/{organization_id}/memberships", """{"user_id":"{user_id}","role":"org:member"}""");
        await AddAsync(
            "orginv", "/v1/organizations/{organization_id}/invitations",
            """{"email_address":"invited@example.com","role":"org:member","inviter_user_id":"{ada}"}""");
        await AddAsync("inv", "/v1/invitations", """{"email_address":"somebody@example.com"}""");
        await AddAsync("permission_id", "/v1/organization_permissions", """{"name":"Read invoices","key":"org:invoices:read"}""");
        await AddAsync("other_permission", "/v1/organization_permissions", """{"name":"Write invoices","key":"org:invoices:write"}""");
        await AddAsync(
            "organization_role_id", "/v1/organization_roles", """{"name":"Clerk","key":"org:clerk","permissions":["{other_permission}"]}""");
    }

    private async Task AddTokensAsync()
    {
        _names["machine_id"] = LocalClerkDefaults.AitherMachineId;
        _names["other_machine_id"] = LocalClerkDefaults.HemeraMachineId;
        _names["template_name"] = LocalClerkDefaults.HemeraTemplate;
        await AddAsync("template_id", "/v1/jwt_templates", """{"name":"mine","claims":{}}""");
        var key = await AddAsync("apiKeyID", "/v1/api_keys", """{"name":"ci key","subject":"{user_id}"}""");
        _names["api_key_secret"] = (string)key["secret"]!;
        var application = await AddAsync("oauth_application_id", "/v1/oauth_applications", """{"name":"App","redirect_uris":["https://app.example/back"]}""");
        _names["client_id"] = (string)application["client_id"]!;
        _names["oauth_token"] = (await DoAsync("POST", "/_local/oauth_access_tokens", """{"user":"{user_id}","client_id":"{client_id}"}""")).Text("access_token");
        await AddAsync("sign_in_token_id", "/v1/sign_in_tokens", """{"user_id":"{user_id}"}""");
        await AddAsync("actor_token_id", "/v1/actor_tokens", """{"user_id":"{user_id}","actor":{"sub":"{ada}"}}""");
        using var machine = Machine();
        var token = await DoAsync("POST", "/m2m_tokens", "{}", machine);
        (_names["m2m_token_id"], _names["m2m_token"]) = (token.Text("id"), token.Text("token"));
    }

    /// <summary>A client with the secret key of the machine that the token of machines is of.</summary>
    public HttpClient Machine() => Clerk.AsMachine(LocalClerkDefaults.AitherMachineSecret);

    private async Task<JsonNode> AddAsync(string name, string path, string body)
    {
        var made = await DoAsync("POST", path, body);
        _names[name] = made.Text("id");
        return made.Json;
    }

    private async Task<string> IdOfAsync(string path) => (await DoAsync("POST", path)).Text("id");

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern { get; }
}
