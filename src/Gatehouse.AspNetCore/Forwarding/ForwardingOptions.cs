namespace Gatehouse.AspNetCore.Forwarding;

/// <summary>How requests are forwarded to one upstream.</summary>
public sealed class ForwardingOptions
{
    private string? _service;

    internal ForwardingOptions(Uri upstream) => Upstream = upstream;

    /// <summary>Where the requests go. With a catch-all in the route's pattern, what it took is appended; otherwise this is the whole address.</summary>
    public Uri Upstream { get; }

    /// <summary>What the upstream is called in the log (<c>Error calling analyzer service: …</c>) and in metrics.</summary>
    /// <value>Default its host and port.</value>
    public string Service
    {
        get => _service ?? (Upstream.IsAbsoluteUri ? Upstream.Authority : Upstream.OriginalString);
        set => _service = value;
    }

    /// <summary>In whose name requests are forwarded.</summary>
    /// <value>Default <see cref="ForwardedToken.Caller"/>.</value>
    public ForwardedToken Token { get; set; } = ForwardedToken.Caller;

    /// <summary>This app's own origin, as which tokens are minted for its callers' sessions (<c>azp</c>), such as <c>https://app.example.com</c>.</summary>
    /// <value>
    /// Default the entrance's authorized party, if it lists one, or else the one at which the request came in. The start is refused where
    /// neither can be.
    /// </value>
    public string? Origin { get; set; }

    /// <summary>How long the upstream may take to begin its answer, counted from the last of the request's body.</summary>
    /// <value>Default 30 seconds; 10 milliseconds to 1 hour.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may stand still, on either side, once it flows.</summary>
    /// <value>Default 60 seconds; 10 milliseconds to 1 day.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The same for event streams (<c>text/event-stream</c>) and WebSockets, on which nothing may happen for long.</summary>
    /// <value>Default 1 hour; 10 milliseconds to 7 days. Whoever wants to notice a dead peer sooner sends heartbeats.</value>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The largest request body, in bytes. A larger one is 413.</summary>
    /// <value>Default 10 MiB; null for any size, whatever the server's own limit says.</value>
    public long? MaximumBodyBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>The largest answer, in bytes. One that says so beforehand is 502 <c>upstream-too-large</c>; one that grows larger is broken off.</summary>
    /// <value>Default null: of any size, at no cost of memory.</value>
    public long? MaximumResponseBytes { get; set; }

    /// <summary>Whether HTTP/2 is spoken without asking, which upstreams without TLS need. With TLS the connection decides by itself.</summary>
    /// <value>Default no.</value>
    public bool Http2 { get; set; }

    /// <summary>Whether the upstream may set and clear this origin's cookies (<c>Set-Cookie</c>, <c>Clear-Site-Data</c>).</summary>
    /// <value>Default no: it could overwrite the session.</value>
    public bool PassSetCookie { get; set; }

    /// <summary>Whether the upstream says which other origins' pages may read its answers (<c>Access-Control-…</c>).</summary>
    /// <value>Default no: the caller is known by this origin's cookie, so that is this app's to decide.</value>
    public bool PassCors { get; set; }

    /// <summary>Headers of the request that do not pass, beside those that never do.</summary>
    /// <value>Default empty. Case does not matter.</value>
    public ISet<string> DroppedHeaders { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
