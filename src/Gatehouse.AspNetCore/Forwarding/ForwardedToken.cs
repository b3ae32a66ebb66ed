using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Forwarding;

/// <summary>In whose name a request is forwarded.</summary>
public sealed class ForwardedToken
{
    private ForwardedToken(TokenClass classes, string? serviceName) => (Classes, ServiceName) = (classes, serviceName);

    /// <summary>
    /// In the name of the person who calls. The session's token is passed on as it is if it names its party (<c>azp</c>) and lives for
    /// another 10 seconds; otherwise one is minted for the session through Clerk's Backend API, and kept until 10 seconds before its end.
    /// </summary>
    /// <remarks>
    /// Demands a caller, without <c>RequireCaller</c>. Callers with other tokens than a session's get 401 <c>token-unavailable</c>: see
    /// <see cref="CallerOf"/>.
    /// </remarks>
    public static ForwardedToken Caller { get; } = new(TokenClass.Session, null);

    /// <summary>Without any token. The upstream hears nothing of who calls.</summary>
    public static ForwardedToken None { get; } = new(TokenClass.None, null);

    internal TokenClass Classes { get; }

    internal string? ServiceName { get; }

    internal bool IsCallers => Classes != TokenClass.None;

    internal bool MintsForSessions => Classes.HasFlag(TokenClass.Session);

    internal bool IsSent => IsCallers || ServiceName is not null;

    /// <summary>In the name of callers of these classes. What is no session's is passed on as it is, to its last second.</summary>
    /// <param name="classes">The classes whose tokens the upstream may see.</param>
    /// <remarks>
    /// Think before naming more than sessions. A session's token is made to be shown to several services of one instance. A machine token
    /// names this app as its receiver: an upstream that takes it trusts every machine that may call this app. An API key or an opaque token
    /// works until it is revoked, so whoever reads the upstream's memory or log has it for good.
    /// </remarks>
    public static ForwardedToken CallerOf(TokenClass classes) => classes is not TokenClass.None
        ? new ForwardedToken(classes, null)
        : throw new ArgumentOutOfRangeException(nameof(classes), classes, $"name at least one class, or take {nameof(None)}");

    /// <summary>In this app's own name, with the token that was added with <c>AddServiceToken(name)</c>. The upstream hears nothing of who calls.</summary>
    /// <param name="name">The service's name. One that was not added stops the start.</param>
    public static ForwardedToken Service(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new ForwardedToken(TokenClass.None, name);
    }
}
