namespace Gatehouse.Local.Clerk.Errors;

/// <summary>One entry of Clerk's error envelope, and the status that it is answered with.</summary>
internal sealed record ClerkError(int Status, string Code, string Message, string LongMessage)
{
    /// <summary>The request member that was at fault, told as <c>meta.param_name</c>.</summary>
    public string? ParameterName { get; init; }

    /// <summary>Seconds until a locked user may try again, told as <c>meta.lockout_expires_in_seconds</c>.</summary>
    public long? LockoutExpiresInSeconds { get; init; }

    /// <summary>Seconds until another try makes sense, told as <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }
}
