using Gatehouse.AspNetCore;
using Gatehouse.AspNetCore.Problems;
using Gatehouse.AspNetCore.Problems.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>How refusals read.</summary>
public static class ProblemExtensions
{
    /// <summary>Words the app's refusals.</summary>
    public static GatehouseBuilder ConfigureProblems(this GatehouseBuilder builder, Action<ProblemTextOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        return builder;
    }

    /// <summary>The same refusals in an app that has no entrance of its own; <c>AddGatehouse</c> brings them along.</summary>
    /// <remarks>Needs <c>UseExceptionHandler()</c> and <c>UseStatusCodePages()</c> in the app's pipeline.</remarks>
    public static IServiceCollection AddGatehouseProblems(this IServiceCollection services, Action<ProblemTextOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddProblems();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        return services;
    }

    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddOptions<ProblemTextOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IProblemDetailsWriter, ProblemWriter>());
        services.AddProblemDetails();
    }
}
