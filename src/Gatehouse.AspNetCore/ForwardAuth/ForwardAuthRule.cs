using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.ForwardAuth;

/// <summary>What one kind of request must show to pass the proxy. Everything that is set must hold.</summary>
public sealed class ForwardAuthRule
{
    /// <summary>The classes of tokens that are taken. What they must be like besides is the main entrance's to say.</summary>
    /// <value>Default <see cref="TokenClass.Session"/>.</value>
    public TokenClass Classes { get; set; } = TokenClass.Session;

    /// <summary>Whether sessions may come in cookies, as browsers show them.</summary>
    /// <value>Default yes.</value>
    public bool TakesCookies { get; set; } = true;

    /// <summary>A permission of the application that the caller must have, by role or by scope.</summary>
    public string? Permission { get; set; }

    /// <summary>An application role that the caller must have.</summary>
    public string? Role { get; set; }

    /// <summary>A permission of operators, such as <c>gatehouse:dashboard:read</c>: people, in their own name, who may do this at Gatehouse.</summary>
    public string? Operator { get; set; }

    /// <summary>A limit by its policy's name, for each caller; the limit by address goes before it.</summary>
    public string? RateLimit { get; set; }

    /// <summary>
    /// Whether a browser that must go elsewhere first is sent there by this very answer (302 or 307), which Traefik, Caddy and Envoy pass
    /// on. Otherwise the answer is 401, and <c>X-Gatehouse-Location</c> says where.
    /// </summary>
    /// <value>Default no.</value>
    public bool Redirect { get; set; }

    /// <summary>
    /// The only statuses that the proxy can pass on; every other refusal becomes 403, with the true one in <c>X-Gatehouse-Status</c>. For
    /// nginx: 401 and 403.
    /// </summary>
    /// <value>Default empty: all.</value>
    public IList<int> Statuses { get; } = [];

    /// <summary>
    /// Whether an answer's cookies are repeated one by one, as <c>X-Gatehouse-Cookie-1</c> and so on, for proxies that know one
    /// <c>Set-Cookie</c> of an answer (nginx before 1.23, Caddy). Such a proxy must keep these headers to itself.
    /// </summary>
    /// <value>Default no.</value>
    public bool NumberedCookies { get; set; }
}
