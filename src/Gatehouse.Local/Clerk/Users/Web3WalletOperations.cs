using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Users;

/// <summary>Parting from a wallet. They come with their user, and no operation adds one later.</summary>
internal sealed class Web3WalletOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Delete("/users/{user_id}/web3_wallets/{web3_wallet_identification_id}", Delete);

    private ClerkAnswer Delete(ClerkCall call)
    {
        if (world.Data.Users.Find(call.Route("user_id")) is not { } user)
        {
            return ClerkErrors.NotFound("user", call.Route("user_id"));
        }

        var id = call.Route("web3_wallet_identification_id");
        if (user.Web3Wallets.Find(wallet => wallet.Id == id) is not { } wallet)
        {
            return ClerkErrors.NotFound("web3 wallet", id);
        }

        if (call.Form.Faults() is { } faults)
        {
            return faults;
        }

        if (Identifications.IsLast(user))
        {
            return IdentificationErrors.LastOne;
        }

        world.Data.Users.Change(user, changed =>
        {
            changed.Web3Wallets.Remove(wallet);
            if (changed.PrimaryWeb3WalletId == id)
            {
                changed.PrimaryWeb3WalletId = changed.Web3Wallets.FirstOrDefault()?.Id;
            }
        });
        UserChange.Done(world, user);
        return ListJson.Deleted("web3_wallet", id);
    }
}
