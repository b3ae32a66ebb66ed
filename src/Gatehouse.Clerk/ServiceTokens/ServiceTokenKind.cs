namespace Gatehouse.Clerk.ServiceTokens;

/// <summary>In whose name a service calls another one.</summary>
public enum ServiceTokenKind
{
    /// <summary>In its own, as a machine: <c>CLERK_MACHINE_SECRET_KEY</c>. Works on every instance.</summary>
    Machine = 0,

    /// <summary>As a service user with a session: <c>CLERK_SERVICE_USER_ID</c>. Works on development instances only.</summary>
    ServiceUser,
}
