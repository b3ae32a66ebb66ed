using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>A service user that is not named for one called service is the one of the environment.</summary>
internal sealed class FillServiceUser(IOptions<ClerkOptions> clerk) : IPostConfigureOptions<ServiceTokenOptions>
{
    public void PostConfigure(string? name, ServiceTokenOptions options)
    {
        if (options is { Kind: ServiceTokenKind.ServiceUser, ServiceUserId: null })
        {
            try
            {
                options.ServiceUserId = clerk.Value.ServiceUserId;
            }
            catch (OptionsValidationException)
            {
                // Clerk's own faults are reported with their own cure.
            }
        }
    }
}
