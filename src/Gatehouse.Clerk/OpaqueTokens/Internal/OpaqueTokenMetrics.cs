using System.Diagnostics.Metrics;
using Gatehouse.Clerk.Api;
using Gatehouse.Tokens;

namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>How often Clerk's word was at hand, what asking for it cost, and how often it could not be asked.</summary>
internal sealed class OpaqueTokenMetrics
{
    public const string MeterName = "Gatehouse";

    private readonly Counter<long>? _hits;
    private readonly Histogram<double>? _calls;
    private readonly Counter<long>? _held;

    /// <param name="meters">Null where nobody measures.</param>
    public OpaqueTokenMetrics(IMeterFactory? meters)
    {
        var meter = meters?.Create(MeterName);
        _hits = meter?.CreateCounter<long>("gatehouse.opaque_token.hits", "{token}", "Opaque tokens whose issuer's word was at hand.");
        _calls = meter?.CreateHistogram<double>("gatehouse.opaque_token.call.duration", "s", "Calls to Clerk about an opaque token (billed).");
        _held = meter?.CreateCounter<long>("gatehouse.opaque_token.held", "{token}", "Opaque tokens that nobody was asked about.");
    }

    public void Hit(TokenClass tokenClass, bool good) => _hits?.Add(1, Of(tokenClass), Outcome(good));

    public void Called(TokenClass tokenClass, bool good, TimeSpan took) => _calls?.Record(took.TotalSeconds, Of(tokenClass), Outcome(good));

    public void Failed(TokenClass tokenClass, ClerkFailure failure, TimeSpan took) =>
        _calls?.Record(took.TotalSeconds, Of(tokenClass), new KeyValuePair<string, object?>("outcome", TagOf(failure)));

    public void Held(TokenClass tokenClass, CallHeld why) => _held?.Add(1, Of(tokenClass), new KeyValuePair<string, object?>("reason", TagOf(why)));

    internal static string TagOf(TokenClass tokenClass) => tokenClass switch
    {
        TokenClass.M2M => "m2m",
        TokenClass.OAuth => "oauth",
        TokenClass.ApiKey => "api_key",
        _ => throw new ArgumentOutOfRangeException(nameof(tokenClass), tokenClass, "not an opaque class"),
    };

    internal static string TagOf(ClerkFailure failure) => failure switch
    {
        ClerkFailure.Unavailable => "unavailable",
        ClerkFailure.Throttled => "throttled",
        ClerkFailure.Credentials => "credentials",
        ClerkFailure.NotFound => "not_found",
        ClerkFailure.Rejected => "rejected",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "unknown"),
    };

    internal static string TagOf(CallHeld why) => why switch
    {
        CallHeld.Paused => "paused",
        CallHeld.Flood => "flood",
        CallHeld.Crowd => "crowd",
        CallHeld.NoSecret => "no_secret",
        _ => throw new ArgumentOutOfRangeException(nameof(why), why, "unknown"),
    };

    private static KeyValuePair<string, object?> Of(TokenClass tokenClass) => new("class", TagOf(tokenClass));

    private static KeyValuePair<string, object?> Outcome(bool good) => new("outcome", good ? "good" : "unknown");
}
