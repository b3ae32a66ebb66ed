using Microsoft.AspNetCore.Authorization;

namespace Gatehouse.AspNetCore.Authorization.Internal;

internal sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;
