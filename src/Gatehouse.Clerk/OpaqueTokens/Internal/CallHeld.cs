namespace Gatehouse.Clerk.OpaqueTokens.Internal;

/// <summary>Why Clerk was not asked although its word was wanted.</summary>
internal enum CallHeld
{
    /// <summary>Clerk cannot answer just now, or asked for patience.</summary>
    Paused = 0,

    /// <summary>Strangers have wasted as many calls as they may.</summary>
    Flood,

    /// <summary>Too many wait already, or no turn came in time.</summary>
    Crowd,

    /// <summary>No secret is configured with which this class could be asked about.</summary>
    NoSecret,
}
