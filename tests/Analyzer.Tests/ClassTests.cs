using Gatehouse.Testbed;

namespace Analyzer.Tests;

/// <summary>Which kinds of token may do what: the whole matrix.</summary>
public sealed class ClassTests
{
    private static readonly Dictionary<string, Func<TokenForge, string>> Tokens = new()
    {
        ["session"] = forge => forge.Session(),
        ["template"] = forge => forge.Template(),
        ["m2m"] = forge => forge.M2M(),
        ["oauth"] = forge => forge.OAuth(claims => claims["scope"] = "modules:read"),
        ["key"] = _ => AnalyzerHost.KeyOf(AnalyzerHost.Me, "modules:read"),
        ["key of another scope"] = _ => AnalyzerHost.KeyOf(AnalyzerHost.Me, "modules:write"),
        ["key of another user"] = _ => AnalyzerHost.KeyOf("user_2LocalAdminAda0000000000001", "modules:read"),
        ["key of an organization"] = _ => AnalyzerHost.KeyOf("org_2LocalKrypton00000000000001", "modules:read"),
        ["key that nobody knows"] = _ => "ak_unknown",
        ["opaque m2m"] = _ => "mt_0123456789abcdef0123456789abcdef",
        ["opaque oauth"] = _ => "oat_0123456789abcdef0123456789abcdef",
    };

    [Theory]
    [Proves("G16", "G26")]
    [InlineData("session", 200, 200, 200, 404, 200, 200, 200)]
    [InlineData("template", 401, 401, 401, 401, 401, 401, 401)]
    [InlineData("m2m", 401, 401, 401, 401, 401, 401, 401)]
    [InlineData("oauth", 401, 401, 401, 401, 401, 401, 401)]
    [InlineData("key", 200, 200, 401, 401, 401, 401, 401)]
    [InlineData("key of another scope", 403, 403, 401, 401, 401, 401, 401)]
    [InlineData("key of another user", 403, 403, 401, 401, 401, 401, 401)]
    [InlineData("key of an organization", 403, 403, 401, 401, 401, 401, 401)]
    [InlineData("key that nobody knows", 401, 401, 401, 401, 401, 401, 401)]
    [InlineData("opaque m2m", 401, 401, 401, 401, 401, 401, 401)]
    [InlineData("opaque oauth", 401, 401, 401, 401, 401, 401, 401)]
    public async Task Each_kind_of_token_may_do_what_it_is_for(
        string kind, int modules, int modulesOfApi, int save, int delete, int ask, int messages, int stream)
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var token = Tokens[kind](analyzer.Forge);
        await ExpectAsync(modules, analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me, ""), token));
        await ExpectAsync(modulesOfApi, analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me), token));
        await ExpectAsync(save, analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("one"), token));
        await ExpectAsync(delete, analyzer.SendAsync(HttpMethod.Delete, "/api/user_modules/mod_1", token));
        await ExpectAsync(ask, analyzer.PostAsync(AnalyzerHost.Chat, """{"message":"one?"}""", token));
        await ExpectAsync(messages, analyzer.GetAsync(AnalyzerHost.Chat, token));
        using var request = new HttpRequestMessage(HttpMethod.Get, AnalyzerHost.Stream);
        request.Headers.Authorization = new("Bearer", token);
        await ExpectAsync(stream, analyzer.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        Assert.Empty(analyzer.Log.Alarms);
    }

    [Fact]
    [Proves("G26")]
    public async Task A_key_reads_its_own_subjects_modules_and_nobody_elses()
    {
        await using var analyzer = await AnalyzerHost.StartAsync();
        var ada = "user_2LocalAdminAda0000000000001";
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("mine")).OkAsync();
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("hers"), analyzer.TokenOf(ada)).OkAsync();
        var hers = await analyzer.GetAsync(AnalyzerHost.ModulesOf(ada), AnalyzerHost.KeyOf(ada, "modules:read")).OkAsync();
        Assert.Equal("hers", Assert.Single(hers.GetProperty("modules").EnumerateArray()).Text("name"));
        await analyzer.GetAsync(AnalyzerHost.ModulesOf(AnalyzerHost.Me), AnalyzerHost.KeyOf(ada, "modules:read"))
            .RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        await analyzer.PostAsync(AnalyzerHost.Save, AnalyzerHost.Module("by key"), AnalyzerHost.KeyOf(ada, "modules:read"))
            .RefusedAsync(401, "class", "Invalid token: This kind of token is not accepted");
    }

    [Fact]
    [Proves("G26")]
    public async Task The_configuration_can_say_otherwise_what_the_scope_grants()
    {
        await using var analyzer = await AnalyzerHost.StartAsync(settings: [("Gatehouse:Scopes:modules:read:0", "nothing"), ("Gatehouse:Scopes:all:0", "modules:read")]);
        var path = AnalyzerHost.ModulesOf(AnalyzerHost.Me);
        await analyzer.GetAsync(path, AnalyzerHost.KeyOf(AnalyzerHost.Me, "modules:read")).RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        await analyzer.GetAsync(path, AnalyzerHost.KeyOf(AnalyzerHost.Me, "all")).OkAsync();
    }

    private static async Task ExpectAsync(int status, Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 403)
        {
            await response.RefusedAsync(403, "forbidden", "Not authorized to access this resource");
        }
    }
}
