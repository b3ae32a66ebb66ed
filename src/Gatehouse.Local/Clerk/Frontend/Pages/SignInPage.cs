using System.Text;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.Verifications;
using Gatehouse.Local.Clerk.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Gatehouse.Local.Clerk.Frontend.Pages;

/// <summary>Where people sign in without any script: a user with one click, or an identifier and a password.</summary>
internal sealed class SignInPage(ClerkWorld world, OriginPolicy origins)
{
    private const string Path = "/sign-in";
    private const int MostUsers = 12;

    private static readonly string[] Seeded =
    [
        LocalClerkDefaults.AdaUserId, LocalClerkDefaults.GraceUserId, LocalClerkDefaults.LinUserId, LocalClerkDefaults.AitherServiceUserId,
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, ["GET", "HEAD"], ShowAsync);
        routes.MapMethods(Path, ["POST"], SignInAsync);
    }

    private Task ShowAsync(HttpContext context)
    {
        var visit = PageVisit.Of(context, origins);
        return visit.IsMisled ? visit.RefuseAsync() : HtmlPage.WriteAsync(context, StatusCodes.Status200OK, "Sign in", Content(visit, null));
    }

    private async Task SignInAsync(HttpContext context)
    {
        var visit = PageVisit.Of(context, origins);
        if (visit.IsMisled || visit.IsForeign)
        {
            await visit.RefuseAsync().ConfigureAwait(false);
            return;
        }

        var (fields, malformed) = await FrontendBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        var refusal = malformed?.LongMessage ?? SignIn(visit, fields);
        if (refusal is not null)
        {
            await HtmlPage.WriteAsync(context, StatusCodes.Status422UnprocessableEntity, "Sign in", Content(visit, refusal)).ConfigureAwait(false);
        }
    }

    /// <summary>Signs in and sends the browser on. Not null when it was refused, in words for people.</summary>
    private string? SignIn(PageVisit visit, IFormCollection fields)
    {
        lock (world.Gate)
        {
            var chosen = fields["user_id"] is [{ Length: > 0 } id] ? world.Data.Users.Find(id) : FindByPassword(fields);
            if (chosen is null)
            {
                return "No user has this identifier and password.";
            }

            var client = visit.FindClient(world.Data) ?? ClientSessions.NewClient(world);
            ClientSessions.CloseAll(world, client);
            var (session, refusal) = ClientSessions.Begin(world, client, chosen.Id, VerificationStrategy.Password);
            if (session is null)
            {
                return refusal!.LongMessage;
            }

            visit.SendBack(client, otherwise: Path);
            return null;
        }
    }

    private User? FindByPassword(IFormCollection fields)
    {
        var (identifier, password) = ((string?)fields["identifier"] ?? "", (string?)fields["password"] ?? "");
        var user = SignInIdentifier.Find(world.Data.Users, identifier);
        return user is not null && PasswordCheck.Check(world, user, password) == PasswordVerdict.Correct ? user : null;
    }

    private string Content(PageVisit visit, string? refusal)
    {
        var html = new StringBuilder(HashedAddress.Element);
        if (refusal is not null)
        {
            html.Append($"""<p class="refused" role="alert">{HtmlPage.Text(refusal)}</p>""");
        }

        lock (world.Gate)
        {
            AddCurrent(html, visit);
            AddUsers(html, visit);
        }

        html.Append($"""
            <h2>With a password</h2>
            <form method="post" action="{Path}{visit.Query}">
            <label>E-mail address, phone number or user name <input name="identifier" autocomplete="username" required></label>
            <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
            <button>Sign in</button>
            </form>
            """);
        return html.ToString();
    }

    private void AddCurrent(StringBuilder html, PageVisit visit)
    {
        if (visit.FindClient(world.Data) is { } client
            && ClientSessions.Current(world, client) is { } session
            && world.Data.Users.Find(session.UserId) is { } user)
        {
            html.Append($"""
                <p>Signed in as <strong id="current">{HtmlPage.Text(Name(user))}</strong>. <a href="/sign-out{visit.Query}">Sign out</a></p>
                """);
        }
    }

    private void AddUsers(StringBuilder html, PageVisit visit)
    {
        html.Append($"""<h2>As one of these</h2><form method="post" action="{Path}{visit.Query}"><ul>""");
        foreach (var user in Choice())
        {
            html.Append($"""
                <li><button name="user_id" value="{HtmlPage.Text(user.Id)}">{HtmlPage.Text(Name(user))}
                <small>{HtmlPage.Text(SignInIdentifier.Of(user))}</small></button></li>
                """);
        }

        html.Append("</ul></form>");
    }

    // The people whom every instance begins with, then the newest: there may be a hundred thousand.
    private IEnumerable<User> Choice() =>
        Seeded.Select(world.Data.Users.Find).OfType<User>()
            .Concat(world.Data.Users.NewestFirst().Take(MostUsers))
            .Distinct()
            .Take(MostUsers);

    private static string Name(User user) => user.FullName ?? SignInIdentifier.Of(user) ?? user.Id;
}
