using Gatehouse.Access;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal sealed record NamedEntrance(string Name, Entrance Demands, RoleRules Roles, string Realm);
