using Gatehouse.AspNetCore.Operators;
using Gatehouse.AspNetCore.Revocations;
using Gatehouse.AspNetCore.Revocations.Internal;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The endpoints of revocation.</summary>
public static class RevocationEndpointExtensions
{
    /// <summary>The permission of whoever reads the feed.</summary>
    public const string ReadPermission = "gatehouse:revocations:read";

    /// <summary>
    /// Maps <c>POST</c>, <c>GET</c> and <c>DELETE /api/admin/revocations</c> for operators, and the feed <c>GET /api/revocations</c> for
    /// whoever has <see cref="ReadPermission"/>.
    /// </summary>
    public static IEndpointRouteBuilder MapRevocations(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var admin = routes.MapGroup("/api/admin/revocations");
        admin.MapPost("", (RequestDelegate)RevocationAdmin.RevokeAsync).RequireOperator(OperatorPermissions.RevokeTokens, recently: true);
        admin.MapGet("", (RequestDelegate)RevocationAdmin.ListAsync).RequireOperator(OperatorPermissions.RevokeTokens);
        admin.MapDelete("/{kind}/{value}", (RequestDelegate)RevocationAdmin.WithdrawAsync).RequireOperator(OperatorPermissions.RevokeTokens, recently: true);
        admin.MapDelete("", (RequestDelegate)RevocationAdmin.WithdrawAsync).RequireOperator(OperatorPermissions.RevokeTokens, recently: true);

        // Cut off whenever its reader's token expires it would be late by the time of a new connection, a few times an hour.
        routes.MapGet("/api/revocations", (RequestDelegate)RevocationFeedEndpoint.StreamAsync)
            .RequirePermission(ReadPermission)
            .WithMetadata(new StreamMetadata { OutlivesToken = true });
        return routes;
    }
}
