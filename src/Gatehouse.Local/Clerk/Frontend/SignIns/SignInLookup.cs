using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Clerk.Frontend.SignIns;

/// <summary>Finds the sign-in that a request is about: the one that its browser began last.</summary>
internal static class SignInLookup
{
    public static FrontendAnswer Find(FrontendCall call, Func<BrowserClient, SignIn, FrontendAnswer> found)
    {
        if (call.Client is not { } client)
        {
            return FrontendErrors.AuthenticationInvalid;
        }

        return client.SignIn is { } signIn && signIn.Id == call.Route("sign_in_id")
            ? found(client, signIn)
            : ClerkErrors.NotFound("sign-in of this client", call.Route("sign_in_id"));
    }

    /// <summary>Finds a sign-in whose user is known.</summary>
    public static FrontendAnswer FindUser(FrontendCall call, ClerkWorld world, Func<BrowserClient, SignIn, User, FrontendAnswer> found) =>
        Find(call, (client, signIn) => signIn.UserId is { } id && world.Data.Users.Find(id) is { } user
            ? found(client, signIn, user)
            : FrontendErrors.ClientStateInvalid);
}
