namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>For what a token is minted: tokens of one session differ by the organization it stands in, and by the origin that they name.</summary>
internal readonly record struct SessionKey(string SessionId, string UserId, string? OrganizationId, bool IsImpersonated, string Origin);
