using System.Security.Claims;
using Gatehouse.Access;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authentication;

/// <summary>Who is calling, with everything typed beside the framework's list of claims.</summary>
/// <remarks>
/// The claims <c>sub</c> (also as <see cref="ClaimTypes.NameIdentifier"/>), <c>sid</c>, <c>azp</c>, <c>org_id</c>, <c>org_role</c> and
/// <c>token_class</c> also stand in the framework's list, so that policies written against plain claims work. The role does not: whether
/// the token's word counts is for <see cref="RoleRules"/> to say.
/// </remarks>
public sealed class ClerkPrincipal : ClaimsPrincipal
{
    internal ClerkPrincipal(TokenClaims token, RoleDecision role)
        : base(new LazyIdentity(token))
    {
        Token = token;
        Role = role;
    }

    /// <summary>The verified token's claims.</summary>
    public TokenClaims Token { get; }

    /// <summary>The token's class.</summary>
    public TokenClass Class => Token.Class;

    /// <summary>A user's or a machine's id.</summary>
    public string Subject => Token.Subject;

    /// <summary>The user's id, if the caller is a person, or a key or token that acts for one.</summary>
    public string? UserId => ClerkIds.Is(ClerkIds.User, Subject) ? Subject : null;

    /// <summary>The machine's id, if the caller is a machine.</summary>
    public string? MachineId => Class == TokenClass.M2M ? Subject : null;

    /// <summary>Who acts as this user, in a session of an actor token; null when it is the user.</summary>
    public string? ActorId => Token.ActorId;

    /// <summary>The application role as far as the token can tell.</summary>
    public RoleDecision Role { get; }

    /// <summary>Lets a handler take its caller as a parameter. Null, and so 400, where nobody was authenticated: demand that first.</summary>
    public static ValueTask<ClerkPrincipal?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(context.User as ClerkPrincipal);
    }
}
