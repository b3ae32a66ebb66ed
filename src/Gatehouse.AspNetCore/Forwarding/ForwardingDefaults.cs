namespace Gatehouse.AspNetCore.Forwarding;

/// <summary>Names and numbers of forwarding.</summary>
public static class ForwardingDefaults
{
    /// <summary>
    /// The name of the HTTP client that forwards. It keeps no cookies, follows no redirects, unpacks nothing and asks no proxy; change its
    /// <c>SocketsHttpHandler</c> for an upstream with a certificate authority of its own.
    /// </summary>
    public const string HttpClientName = "Gatehouse.Forwarding";

    /// <summary>How long a connection to an upstream may take to come about.</summary>
    public static TimeSpan ConnectTimeout { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a person's token must live at least to be passed on as it is, and for how long before its end a minted one is no longer used.</summary>
    public static TimeSpan MinimumTokenLife { get; } = TimeSpan.FromSeconds(10);

    /// <summary>The most sessions whose minted tokens are kept.</summary>
    public const int MaximumSessions = 10_000;

    /// <summary>The most time that minting a session's token may take, with all repetitions.</summary>
    public static TimeSpan MintTimeout { get; } = TimeSpan.FromSeconds(15);
}
