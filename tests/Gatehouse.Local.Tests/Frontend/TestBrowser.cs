using System.Net;
using Gatehouse.Local.Tests.Shapes;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>A browser at a local Clerk, as Clerk's own client drives it: forms, one query parameter for the method, and a development token.</summary>
internal sealed class TestBrowser : IDisposable
{
    public const string Page = "http://localhost:3000";

    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false };
    private readonly HttpClient _http;

    public TestBrowser(RunningClerk clerk) => _http = new HttpClient(_handler) { BaseAddress = clerk.Address };

    /// <summary>The development token that every request names; empty for none.</summary>
    public string DevBrowser { get; set; } = "";

    /// <summary>The session that requests outside of the client speak for.</summary>
    public string SessionId { get; set; } = "";

    public string? ClientCookie => _handler.CookieContainer.GetAllCookies()["__client"]?.Value;

    /// <summary>A browser with a development token.</summary>
    public static async Task<TestBrowser> StartAsync(RunningClerk clerk)
    {
        var browser = new TestBrowser(clerk);
        browser.DevBrowser = (await browser.PostAsync("/dev_browser")).Text("id");
        return browser;
    }

    /// <summary>A browser with somebody signed in.</summary>
    public static async Task<TestBrowser> SignedInAsync(RunningClerk clerk, string email = "grace+clerk_test@example.com")
    {
        var browser = await StartAsync(clerk);
        var signIn = await browser.PostAsync("/client/sign_ins", ("identifier", email), ("password", "gatehouse-local-1"));
        Assert.Equal("complete", (string?)signIn.Json["response"]!["status"]);
        browser.SessionId = (string)signIn.Json["response"]!["created_session_id"]!;
        return browser;
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] form) => SendAsync(HttpMethod.Post, path, form);

    public Task<Answer> PatchAsync(string path, params (string Name, string Value)[] form) => SendAsync(HttpMethod.Post, path, form, "PATCH");

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Post, path, [], "DELETE");

    /// <summary>Opens an address of the server as a person does.</summary>
    public Task<Answer> OpenAsync(string address) => Answer.OfAsync(_http.GetAsync(address, TestContext.Current.CancellationToken));

    public Task<Answer> SubmitAsync(string address, string? origin, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = Form(form) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return Answer.OfAsync(_http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>The claims of a session token of now.</summary>
    public async Task<ReadToken> TokenAsync(RunningClerk clerk, params (string Name, string Value)[] form) =>
        await ReadToken.VerifiedAsync(clerk, (await PostAsync($"/client/sessions/{SessionId}/tokens", form)).Text("jwt"));

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, (string Name, string Value)[]? form, string? meant = null)
    {
        var address = $"/__clerk/v1{path}{(path.Contains('?') ? '&' : '?')}__clerk_api_version=2026-08-20&_clerk_js_version=6.34.1"
            + Part("__clerk_db_jwt", DevBrowser) + Part("_clerk_session_id", SessionId) + Part("_method", meant ?? "");
        var request = new HttpRequestMessage(method, address) { Content = form is null ? null : Form(form) };
        request.Headers.Add("Origin", Page);
        var answer = await Answer.OfAsync(_http.SendAsync(request, TestContext.Current.CancellationToken));
        FrontendShapeBook.Check(meant ?? method.Method, address, answer);
        return answer;
    }

    private static FormUrlEncodedContent Form((string Name, string Value)[] form) =>
        new(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private static string Part(string name, string value) => value.Length == 0 ? "" : $"&{name}={WebUtility.UrlEncode(value)}";
}
