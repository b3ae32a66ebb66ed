using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Organizations;

/// <summary>Routes of the organization families, which all refuse while the instance has organizations switched off.</summary>
internal sealed class OrganizationRoutes(ClerkRoutes routes, ClerkWorld world)
{
    public OrganizationRoutes Get(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("GET", path, new ClerkOperation(handle));

    public OrganizationRoutes Post(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("POST", path, new ClerkOperation(handle));

    public OrganizationRoutes Delete(string path, Func<ClerkCall, ClerkAnswer> handle) => Map("DELETE", path, new ClerkOperation(handle));

    public OrganizationRoutes Map(string method, string path, ClerkOperation operation)
    {
        routes.Map(method, path, operation with
        {
            Handle = call => world.Data.Settings.Organizations.Enabled ? operation.Handle(call) : OrganizationErrors.NotEnabled,
        });
        return this;
    }
}
