namespace Gatehouse.AspNetCore.Revocations;

/// <summary>What happens to tokens that live longer than a minute while the feed of revocations is silent.</summary>
public enum StaleRevocations
{
    /// <summary>They are refused with 503: a revocation could have been missed.</summary>
    Refuse = 0,

    /// <summary>They enter, but never as operators.</summary>
    Allow,
}
