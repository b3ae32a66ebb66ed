using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Organizations;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>Memberships, the newest first: as a page when the browser asks for one, and else, as older clients expect, as an array.</summary>
internal static class MembershipPage
{
    public static FrontendAnswer Of(FrontendCall call, ClerkWorld world, IReadOnlyList<Membership> memberships)
    {
        var (page, paginated) = (call.Query.Page(), call.Query.Flag("paginated") == true);
        if (call.Query.Faults() is { } faults)
        {
            return FrontendAnswer.Refused(faults.Errors);
        }

        var newestFirst = new Ordering("created_at", Descending: true).Of(memberships, held => held.CreatedAt, held => held.Id);
        return FrontendAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, page.Of(newestFirst), memberships.Count, (inner, held) => BrowserView.Write(inner, held, world.Data));
            }
            else
            {
                ListJson.WriteArray(json, page.Of(newestFirst), (inner, held) => BrowserView.Write(inner, held, world.Data));
            }
        });
    }
}
