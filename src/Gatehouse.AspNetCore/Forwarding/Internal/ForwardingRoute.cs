using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Authentication.Internal;
using Gatehouse.Clerk;
using Gatehouse.Clerk.ServiceTokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Puts one forwarding route together, and refuses one that cannot work.</summary>
internal sealed class ForwardingRoute
{
    private readonly IServiceProvider _services;
    private readonly ForwardingOptions _options;
    private readonly OwnOrigin _origin;

    private ForwardingRoute(IServiceProvider services, ForwardingOptions options) =>
        (_services, _options, _origin) = (services, options, new OwnOrigin(options));

    public static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder routes, string[]? methods, string pattern, ForwardingOptions options)
    {
        var services = routes.ServiceProvider;
        var known = services.GetService<ForwardingRoutes>() ?? throw new InvalidOperationException("call AddGatehouse() before a route forwards");
        known.Any = true;

        var route = new ForwardingRoute(services, options);
        route.RequireSoundOptions();
        var parsed = RoutePatternFactory.Parse(pattern);
        var forwarder = route.CreateForwarder(parsed.Parameters.FirstOrDefault(parameter => parameter.IsCatchAll)?.Name);
        var endpoint = methods is null
            ? routes.Map(parsed, forwarder.InvokeAsync)
            : routes.MapMethods(pattern, methods, forwarder.InvokeAsync);

        // An answer may go on for long, whatever it was asked for as; when its token is revoked it ends. What its expiry ends, the upstream
        // knows: it has been told the token, and a download is not cut in the middle.
        endpoint.WithMetadata(new Revocations.StreamMetadata { OutlivesToken = true }).WithDisplayName($"forward {pattern} to {options.Service}");
        if (options.Token.IsCallers)
        {
            endpoint.RequireCaller();
        }

        endpoint.Finally(route.LearnEntrance);
        return endpoint;
    }

    private Forwarder CreateForwarder(string? catchAll) => new(
        _options,
        new UpstreamAddress(_options.Upstream, catchAll),
        CreateTokens(),
        new HttpMessageInvoker(
            _services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ForwardingDefaults.HttpClientName), disposeHandler: false),
        _services.GetRequiredService<ForwardingMetrics>(),
        _services.GetRequiredService<TimeProvider>(),
        _services.GetRequiredService<ILogger<Forwarder>>());

    private ITokenGiver CreateTokens() => _options.Token switch
    {
        { ServiceName: { } service } => new ServiceTokens(_services.GetRequiredKeyedService<IServiceTokenSource>(service)),
        { IsCallers: true } => new CallerTokens(
            _options,
            _services.GetRequiredService<SessionTokens>(),
            _origin,
            _services.GetRequiredService<TimeProvider>(),
            _services.GetRequiredService<ILogger<CallerTokens>>()),
        _ => new NoTokens(),
    };

    private void RequireSoundOptions()
    {
        var faults = new ForwardingOptionsValidator().Validate(null, _options).Failures?.ToList() ?? [];
        if (_options.Token.ServiceName is { } service && _services.GetKeyedService<IServiceTokenSource>(service) is null)
        {
            faults.Add($"{nameof(_options.Token)}: no service token is called '{service}': add it with AddServiceToken");
        }

        if (_options.Token.MintsForSessions && !HasSecret())
        {
            faults.Add($"{nameof(_options.Token)}: CLERK_SECRET_KEY is needed to mint tokens for callers' sessions, whose own may be about to expire");
        }

        Require(faults);
    }

    private bool HasSecret()
    {
        try
        {
            return _services.GetRequiredService<IOptions<ClerkOptions>>().Value.SecretKey is not null;
        }
        catch (OptionsValidationException)
        {
            return true;   // these faults are reported at the start, with their own cure
        }
    }

    // The entrance is known when the route is: RequireEntrance may stand on the route or on its group.
    private void LearnEntrance(EndpointBuilder endpoint)
    {
        if (!_options.Token.MintsForSessions)
        {
            return;
        }

        var entrance = endpoint.Metadata.OfType<EntranceMetadata>().LastOrDefault()?.Name ?? GatehouseDefaults.Scheme;
        _origin.Learn(_services.GetRequiredService<IOptionsMonitor<EntranceOptions>>().Get(entrance));
        if (!_origin.CanBeKnown)
        {
            Require([$"{nameof(_options.Origin)}: set it, or list the app's origins in Gatehouse:AuthorizedParties: tokens are minted as one of them"]);
        }
    }

    private void Require(List<string> faults)
    {
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(
                _options.Service, typeof(ForwardingOptions), faults.Select(fault => $"Forwarding to {_options.Service}: {fault}"));
        }
    }
}
