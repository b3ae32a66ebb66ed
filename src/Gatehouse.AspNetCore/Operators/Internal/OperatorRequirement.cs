using Microsoft.AspNetCore.Authorization;

namespace Gatehouse.AspNetCore.Operators.Internal;

/// <param name="Permission">What an operator must be allowed to do.</param>
/// <param name="Recently">Whether only after having signed in recently.</param>
internal sealed record OperatorRequirement(string Permission, bool Recently) : IAuthorizationRequirement;
