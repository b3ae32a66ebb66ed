namespace Aither.Upstream;

/// <summary>A call of Hemera failed.</summary>
public sealed class HemeraException : Exception
{
    public HemeraException(HemeraFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Why.</summary>
    public HemeraFailure Failure { get; }

    /// <summary>How long Hemera asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
