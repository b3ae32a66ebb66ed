namespace Aither;

internal static class FailureExtensions
{
    /// <summary>What the log says when the endpoint fails: "Failed to" and this.</summary>
    public static RouteHandlerBuilder FailsTo(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint.AddEndpointFilterFactory((factory, next) =>
        {
            var filter = new FailureFilter(operation, factory.ApplicationServices.GetRequiredService<ILogger<FailureFilter>>());
            return context => filter.InvokeAsync(context, next);
        });
}
