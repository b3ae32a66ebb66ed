namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>What goes over the wire.</summary>
internal static class RevocationWire
{
    /// <summary>What an operator sends.</summary>
    internal sealed record Request(string? Kind, string? Value, string? Reason);

    /// <summary>What an operator is shown.</summary>
    internal sealed record View(string Kind, string Value, string Until, string? At = null, string? Reason = null, string? By = null);

    /// <summary>All of them.</summary>
    internal sealed record List(IReadOnlyList<View> Revocations);

    /// <summary>One message of the feed; times in unix milliseconds.</summary>
    internal sealed record Message(string Kind, string Value, long At, long Until);
}
