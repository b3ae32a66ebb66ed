namespace Hemera.Storage;

internal static class StoreFailureExtensions
{
    /// <summary>What the log says when the endpoint fails: "Failed to" and this.</summary>
    public static RouteHandlerBuilder FailsTo(this RouteHandlerBuilder endpoint, string operation) =>
        endpoint.AddEndpointFilterFactory((factory, next) =>
        {
            var filter = new StoreFailureFilter(operation, factory.ApplicationServices.GetRequiredService<ILogger<StoreFailureFilter>>());
            return context => filter.InvokeAsync(context, next);
        });
}
