using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Forwarding;
using Gatehouse.AspNetCore.Forwarding.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes an HTTP client call a service in the name of whoever calls this app.</summary>
public static class CallerTokenHttpClientBuilderExtensions
{
    /// <summary>
    /// Sends <c>Authorization: Bearer</c> with each request of this client: the caller's session token, or one that is minted for that
    /// session, as <see cref="ForwardedToken.Caller"/> says. For pages that are rendered here from what a service behind knows.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <remarks>
    /// For use within a request. Without a token that could be sent nothing is sent, and the answer is a 401 as the service's own would be. An
    /// address off loopback without https throws <see cref="InvalidOperationException"/>: the token would be told to whoever listens.
    /// </remarks>
    public static IHttpClientBuilder AddCallerToken(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHttpContextAccessor();
        return builder.AddHttpMessageHandler(provider =>
        {
            var options = new ForwardingOptions(new Uri("https://unused.invalid")) { Service = builder.Name };
            var origin = new OwnOrigin(options);
            origin.Learn(provider.GetRequiredService<IOptionsMonitor<EntranceOptions>>().Get(GatehouseDefaults.Scheme));
            var tokens = new CallerTokens(
                options,
                provider.GetRequiredService<SessionTokens>(),
                origin,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<CallerTokens>>());
            return new CallerTokenHandler(tokens, provider.GetRequiredService<IHttpContextAccessor>());
        });
    }
}
