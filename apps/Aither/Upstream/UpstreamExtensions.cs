using Gatehouse.Clerk.ServiceTokens;
using Microsoft.Extensions.Options;

namespace Aither.Upstream;

internal static class UpstreamExtensions
{
    /// <summary>The called service's name; its token is kept as <c>hemera-service-token</c>.</summary>
    public const string Service = "hemera";

    // Room for the two minutes that the token's handler may wait, and the attempts around them.
    private static readonly TimeSpan WholeCall = TimeSpan.FromMinutes(4);

    private const int MaximumAnswerBytes = 16 * 1024 * 1024;

    public static void AddHemera(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AitherOptions, AitherOptionsValidator>()
            .Configure<IConfiguration>((options, configuration) => AitherOptions.Bind(configuration, options));
        services.AddOptions<ServiceTokenOptions>(Service).Configure<IConfiguration>((token, configuration) =>
        {
            var options = new AitherOptions();
            AitherOptions.Bind(configuration, options);
            options.ApplyTo(token);
        });
        services.AddHttpClient<HemeraClient>((provider, http) =>
            {
                var options = provider.GetRequiredService<IOptions<AitherOptions>>().Value;
                http.BaseAddress = new Uri(options.HemeraBaseUrl!.TrimEnd('/') + "/", UriKind.Absolute);
                http.Timeout = WholeCall;
                http.MaxResponseContentBufferSize = MaximumAnswerBytes;
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                handler.UseCookies = false;
            })
            .RemoveAllLoggers()   // what fails is logged once, by what handles it
            .AddHttpMessageHandler(provider => new StoppingHandler(
                provider.GetRequiredService<IHostApplicationLifetime>(), provider.GetRequiredService<TimeProvider>()))
            .AddServiceToken(Service)
            .AddHttpMessageHandler(provider => new AttemptTimeoutHandler(provider.GetRequiredService<TimeProvider>()));
    }
}
