using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Start.Internal;

/// <summary>Has names checked when all endpoints are known and the server does not listen yet.</summary>
internal sealed class CheckDemandedNames : IStartupFilter
{
    // Whatever the check needs is made only here: made any sooner, its own complaint about the options would come before the whole list.
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        next(app);
        var services = app.ApplicationServices;
        services.GetRequiredService<DemandedNames>().Check(services.GetRequiredService<EndpointDataSource>());
    };
}
