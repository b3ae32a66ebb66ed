using Gatehouse.AspNetCore.BrowserSessions.Internal;
using Gatehouse.AspNetCore.ForwardAuth.Internal;
using Gatehouse.AspNetCore.RateLimiting.Internal;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Authentication.Internal;

/// <summary>
/// The way in, in its order: the limit by address, who is calling, the limit by caller. One middleware and not three, because nearly every
/// request passes it without waiting for anything.
/// </summary>
internal sealed class GateMiddleware(
    RequestDelegate next, Entrances entrances, Doorman doorman, EndpointLimits limits, LimitGate gate, UsageLog usage)
{
    private readonly NamedEntrance _main = entrances.Get(GatehouseDefaults.Scheme);

    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ForwardAuthMetadata>() is not null)
        {
            return next(context);
        }

        var entrance = endpoint?.Metadata.GetMetadata<EntranceMetadata>() is { } named ? entrances.Get(named.Name) : _main;
        if (limits.Find(context) is { Length: > 0 } covering)
        {
            return LimitedAsync(context, entrance, covering);
        }

        var reading = doorman.ReadAsync(context, entrance);
        if (!reading.IsCompletedSuccessfully)
        {
            return ReadThenGoOnAsync(context, reading);
        }

        return GoOn(context, reading.Result);
    }

    private async Task LimitedAsync(HttpContext context, NamedEntrance entrance, EndpointLimit[] covering)
    {
        var use = usage.Begin(context, covering);
        if (!await gate.EnterByAddressAsync(context, covering).ConfigureAwait(false))
        {
            return;
        }

        var arrival = await doorman.ReadAsync(context, entrance).ConfigureAwait(false);
        use?.By(arrival.Principal);
        if (arrival.Principal is { } principal)
        {
            // Before the limit decides, so that whoever counts refusals sees whose call it was.
            context.User = principal;
            if (!await gate.EnterAsync(context, covering, principal).ConfigureAwait(false))
            {
                return;
            }
        }

        await GoOn(context, arrival).ConfigureAwait(false);
    }

    private async Task ReadThenGoOnAsync(HttpContext context, ValueTask<Arrival> reading) =>
        await GoOn(context, await reading.ConfigureAwait(false)).ConfigureAwait(false);

    private Task GoOn(HttpContext context, in Arrival arrival)
    {
        if (arrival.Location is { } location)
        {
            BrowserEdge.Redirect(context, location);
            return Task.CompletedTask;
        }

        if (arrival.Principal is { } principal)
        {
            context.User = principal;
        }

        return next(context);
    }
}
