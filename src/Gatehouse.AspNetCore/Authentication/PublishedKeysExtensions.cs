using Gatehouse.AspNetCore.Authentication.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps the published keys of the local services harmless.</summary>
public static class PublishedKeysExtensions
{
    /// <summary>
    /// Lets an app without an entrance of its own, too, start with the local services' keys only in Development, and only with listeners on
    /// loopback: whoever reaches it could otherwise have it act in a name that anybody may take. <c>AddGatehouse</c> brings this along.
    /// </summary>
    /// <remarks>Looks at the keys that <c>AddClerk</c> and <c>AddServiceToken</c> read. Calling it twice adds nothing twice.</remarks>
    public static IServiceCollection AddPublishedKeysGuard(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddClerk();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PublishedKeysGuard>());
        return services;
    }
}
