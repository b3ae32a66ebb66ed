namespace Gatehouse.Connectors.Upstash;

/// <summary>Upstash did not do what it was asked. The message holds neither token nor key.</summary>
public sealed class UpstashException : Exception
{
    /// <summary>An exception without a reason.</summary>
    public UpstashException()
    {
    }

    /// <summary>An exception with a message.</summary>
    public UpstashException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    public UpstashException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal UpstashException(UpstashFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Why.</summary>
    public UpstashFailure Failure { get; }
}
