namespace Aither.Upstream;

internal static class UpstreamFailureExtensions
{
    /// <summary>What the log says when the endpoint fails, and answers for what fails at Hemera or Clerk.</summary>
    public static RouteHandlerBuilder NeedsHemeraTo(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint.FailsTo(operation).AddEndpointFilterFactory((factory, next) =>
        {
            var filter = new UpstreamFailureFilter(operation, factory.ApplicationServices.GetRequiredService<ILogger<UpstreamFailureFilter>>());
            return context => filter.InvokeAsync(context, next);
        });
}
