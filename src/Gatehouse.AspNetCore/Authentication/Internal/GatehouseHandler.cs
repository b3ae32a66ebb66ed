using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>The entrance as ASP.NET Core's authentication scheme, for <c>[Authorize]</c> and all that is written against schemes.</summary>
internal sealed class GatehouseHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    Entrances entrances,
    Doorman doorman)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)   // the doorman says each refusal, once
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var arrival = await doorman.ReadAsync(Context, entrances.Get(Scheme.Name)).ConfigureAwait(false);
        if (arrival.Principal is { } principal)
        {
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));
        }

        return arrival.Failure is null ? AuthenticateResult.NoResult() : AuthenticateResult.Fail(arrival.Failure);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Doorman.ChallengeAsync(Context, entrances.Get(Scheme.Name));

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Doorman.ForbidAsync(Context, entrances.Get(Scheme.Name));
}
