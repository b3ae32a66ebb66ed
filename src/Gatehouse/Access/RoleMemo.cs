namespace Gatehouse.Access;

/// <summary>What some rules decided about a token: the claims of a token never change, so it is decided once.</summary>
internal sealed record RoleMemo(RoleRules Rules, RoleDecision Decision);
