namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>The words for how a forwarded request ended: a closed set, for metrics and logs.</summary>
internal static class ForwardingOutcomes
{
    public static string ToOutcome(this ForwardingFailure failure) => failure switch
    {
        ForwardingFailure.None => "forwarded",
        ForwardingFailure.Path => "path-refused",
        ForwardingFailure.Header => "header-refused",
        ForwardingFailure.Method => "method-refused",
        ForwardingFailure.RequestBody => "body-refused",
        ForwardingFailure.CallerGone => "caller-gone",
        ForwardingFailure.Token => "token-unavailable",
        ForwardingFailure.Connect => "upstream-unreachable",
        ForwardingFailure.Timeout => "upstream-timeout",
        ForwardingFailure.NoAnswer => "upstream-no-answer",
        ForwardingFailure.TooLarge => "upstream-too-large",
        ForwardingFailure.Cut => "upstream-cut",
        ForwardingFailure.Idle => "upstream-idle",
        ForwardingFailure.Fault => "fault",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "has no word"),
    };
}
