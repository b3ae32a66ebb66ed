using System.Net.Http.Headers;
using Gatehouse.Local.Clerk;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>An app on a phone: it has no cookies and no page, and is known by the header that it was given.</summary>
public sealed class NativeAppTests
{
    [Fact]
    public async Task App_is_given_what_it_is_known_by_and_stays_signed_in_with_it()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = clerk.Address };

        var signedIn = await SendAsync(
            http, HttpMethod.Post, "/client/sign_ins", authorization: null, ("identifier", "grace+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));
        var given = Assert.Single(signedIn.Message.Headers.GetValues("Authorization"));

        Assert.False(signedIn.Message.Headers.Contains("Set-Cookie"));
        foreach (var sent in new[] { given, $"Bearer {given}" })
        {
            Assert.Equal(LocalClerkDefaults.GraceUserId, (string?)(await SendAsync(http, HttpMethod.Get, "/me", sent)).Json["response"]!["id"]);
        }

        Assert.Equal(401, (await SendAsync(http, HttpMethod.Get, "/me", "Bearer client_secret_of_nobody")).Status);
        Assert.Equal(401, (await SendAsync(http, HttpMethod.Get, "/me", authorization: null)).Status);
    }

    [Fact]
    public async Task Header_counts_for_apps_only()
    {
        await using var clerk = await RunningClerk.StartAsync();
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = clerk.Address };
        var signedIn = await SendAsync(
            http, HttpMethod.Post, "/client/sign_ins", authorization: null, ("identifier", "grace+clerk_test@example.com"), ("password", LocalClerkDefaults.Password));
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(
            $"Bearer {Assert.Single(signedIn.Message.Headers.GetValues("Authorization"))}");

        var answer = await Answer.OfAsync(http.GetAsync("/__clerk/v1/me", TestContext.Current.CancellationToken));

        Assert.Equal((401, "authentication_invalid"), (answer.Status, answer.Code));
    }

    private static Task<Answer> SendAsync(
        HttpClient http,
        HttpMethod method,
        string path,
        string? authorization,
        params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(method, $"/__clerk/v1{path}?_is_native=true&__clerk_api_version=2026-05-12");
        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return Answer.OfAsync(http.SendAsync(request, TestContext.Current.CancellationToken));
    }
}
