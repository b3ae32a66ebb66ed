using Gatehouse.AspNetCore.RateLimiting.Internal;
using Gatehouse.AspNetCore.Revocations.Internal;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Gatehouse in an app's pipeline.</summary>
public static class GatehouseApplicationExtensions
{
    /// <summary>
    /// Adds, in this order: problem details for whatever fails, HSTS outside Development, the limit by address, authentication, the limit by
    /// subject, authorization, and the guard that closes streams whose token is revoked. One call, because another order would be a hole.
    /// </summary>
    public static WebApplication UseGatehouse(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseRouting();
        app.UseMiddleware<AddressLimitMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<SubjectLimitMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<StreamGuardMiddleware>();
        return app;
    }
}
