using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>
/// How large custom claims become for the user they are largest for. Clerk's advice is below 1.2 kB in all, since a session token must fit
/// into a cookie of 4 kB; Clerk refuses nothing, and a browser that drops the cookie says nothing either.
/// </summary>
/// <param name="Bytes">The claims as JSON, for that user.</param>
/// <param name="WorstUser">Whose they are; null where there is no user.</param>
internal sealed record ClaimsSize(int Bytes, string? WorstUser)
{
    /// <summary>What Clerk advises to stay below, in bytes.</summary>
    public const int Advised = 1200;

    // Enough to meet whoever is developed with; a million generated ones are all alike.
    private const int UsersLookedAt = 1000;

    public bool IsWithinAdvice => Bytes < Advised;

    public static ClaimsSize Of(ClerkData data, JsonObject claims)
    {
        var worst = new ClaimsSize(0, null);
        foreach (var user in data.Users.NewestFirst().Take(UsersLookedAt))
        {
            var bytes = ContextsOf(data, user).Max(context => BytesOf(claims, context));
            worst = worst.WorstUser is null || bytes > worst.Bytes ? new ClaimsSize(bytes, user.Id) : worst;
        }

        return worst;
    }

    // In each of the user's organizations, and outside of all.
    private static IEnumerable<ShortcodeContext> ContextsOf(ClerkData data, User user)
    {
        var memberships = data.Organizations.MembershipsOfUser(user.Id);
        return memberships
            .Select(membership => new ShortcodeContext(user, data.Organizations.Find(membership.OrganizationId), membership, memberships))
            .Append(new ShortcodeContext(user, null, null, memberships));
    }

    private static int BytesOf(JsonObject claims, ShortcodeContext context)
    {
        var evaluated = new JsonObject(TemplateEvaluator.Evaluate(claims, context).Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone())));
        return Encoding.UTF8.GetByteCount(evaluated.ToJsonString());
    }
}
