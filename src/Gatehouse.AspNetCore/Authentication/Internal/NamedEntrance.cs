using Gatehouse.Access;
using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.Tokens;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal sealed record NamedEntrance(string Name, Entrance Demands, RoleRules Roles, string Realm, CookieEntrance? Cookies);
