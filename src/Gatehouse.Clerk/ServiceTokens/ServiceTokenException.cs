namespace Gatehouse.Clerk.ServiceTokens;

/// <summary>A service token could not be had. The inner exception says why.</summary>
public sealed class ServiceTokenException : Exception
{
    /// <summary>Tells why.</summary>
    public ServiceTokenException(Exception innerException) : base(ServiceTokenDefaults.FailureMessage, innerException) { }
}
