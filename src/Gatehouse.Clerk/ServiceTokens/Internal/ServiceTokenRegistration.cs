namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Remembers in the service collection that a client already sends this service's token.</summary>
internal sealed record ServiceTokenRegistration(string Client, string Service);
