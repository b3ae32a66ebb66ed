using System.Net;

namespace Gatehouse.Testbed;

/// <summary>As much of a browser as cookies and redirects need: it says what it fetches and for whom, and cookies know no ports.</summary>
public sealed class Browser(string clerkUrl)
{
    private const int MostRedirects = 20;
    private const string FormAction = "<form method=\"post\" action=\"";

    // One for all, because a browser is its cookies.
    private static readonly HttpClient Wire = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public IDictionary<string, string> Cookies { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether it keeps the cookies of the apps; those of Clerk's own host it keeps always.</summary>
    public bool KeepsCookies { get; set; } = true;

    /// <summary>The session cookie under the instance's own name.</summary>
    public string SessionCookie => Cookies.Keys.Single(name => name.StartsWith("__session_", StringComparison.Ordinal));

    /// <summary>Opens a page as somebody would who types its address, and follows where it leads.</summary>
    public async Task<Page> OpenAsync(string address)
    {
        var trail = new List<string>();
        var current = address;
        while (true)
        {
            using var answer = await SendAsync(HttpMethod.Get, current, Navigation);
            if (answer.Headers.Location is not { } location)
            {
                return new Page(current, answer.StatusCode, await answer.Content.ReadAsStringAsync(), trail);
            }

            if (trail.Count == MostRedirects)
            {
                throw new InvalidOperationException($"It went round for ever: {string.Join('\n', trail)}");
            }

            current = new Uri(new Uri(current), location).AbsoluteUri;
            trail.Add(current);
        }
    }

    /// <summary>Chooses a person on the local sign-in page.</summary>
    public async Task<Page> ChooseUserAsync(Page signIn, string userId)
    {
        var begin = signIn.Text.IndexOf(FormAction, StringComparison.Ordinal) + FormAction.Length;
        var action = WebUtility.HtmlDecode(signIn.Text[begin..signIn.Text.IndexOf('"', begin)]);
        using var answer = await SendAsync(HttpMethod.Post, new Uri(new Uri(signIn.Address), action).AbsoluteUri, request =>
        {
            Navigation(request);
            request.Content = new FormUrlEncodedContent([new("user_id", userId)]);
        });
        return await OpenAsync(answer.Headers.Location!.AbsoluteUri);
    }

    /// <summary>What a page's script fetches of its own origin.</summary>
    public Task<HttpResponseMessage> FetchAsync(string address, HttpMethod? method = null, Action<HttpRequestMessage>? more = null) =>
        SendAsync(method ?? HttpMethod.Get, address, request =>
        {
            request.Headers.Add("Sec-Fetch-Dest", "empty");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Headers.Add("Accept", "*/*");
            more?.Invoke(request);
        });

    /// <summary>A form that is sent by a page of the same origin.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string address, string text, string site = "same-origin", string? origin = null) =>
        SendAsync(HttpMethod.Post, address, request =>
        {
            request.Headers.Add("Sec-Fetch-Dest", "document");
            request.Headers.Add("Sec-Fetch-Site", site);
            request.Headers.Add("Accept", "text/html");
            request.Headers.Add("Origin", origin ?? new Uri(address).GetLeftPart(UriPartial.Authority));
            request.Content = new FormUrlEncodedContent([new("text", text)]);
        });

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, Action<HttpRequestMessage> prepare)
    {
        using var request = new HttpRequestMessage(method, address);
        var atClerk = address.StartsWith(clerkUrl, StringComparison.Ordinal);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        prepare(request);
        var answer = await Wire.SendAsync(request);
        if (answer.Headers.TryGetValues("Set-Cookie", out var lines) && (KeepsCookies || atClerk))
        {
            foreach (var line in lines)
            {
                Keep(line);
            }
        }

        return answer;
    }

    private void Keep(string line)
    {
        if (!line.Contains('=', StringComparison.Ordinal))
        {
            return;   // RFC 6265, section 5.2
        }

        var (name, value) = line.Split(';')[0].Split('=', 2) switch { var pair => (pair[0], pair[1]) };
        if (line.Contains("Max-Age=0", StringComparison.OrdinalIgnoreCase) || value.Length == 0)
        {
            Cookies.Remove(name);
        }
        else
        {
            Cookies[name] = value;
        }
    }

    private static void Navigation(HttpRequestMessage request)
    {
        request.Headers.Add("Sec-Fetch-Dest", "document");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        request.Headers.Add("Sec-Fetch-Site", "none");
        request.Headers.Add("Accept", "text/html,application/xhtml+xml");
    }
}
