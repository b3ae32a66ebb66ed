using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.JwtTemplates;
using Gatehouse.Local.Clerk.Machines;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.M2M;

/// <summary>Creating, listing and revoking machine tokens.</summary>
internal sealed class M2MTokenOperations(ClerkWorld world)
{
    private const int MostPerPage = 100;

    public void Map(ClerkRoutes routes) => routes
        .MapUnversioned("POST", "/m2m_tokens", ForMachines(Create))
        .MapUnversioned("GET", "/m2m_tokens", ForMachines(List))
        .MapUnversioned("POST", "/m2m_tokens/{m2m_token_id}/revoke", ForMachines(Revoke));

    private static ClerkOperation ForMachines(Func<ClerkCall, ClerkAnswer> handle) => new(handle) { Audience = Audience.Machines };

    private ClerkAnswer Create(ClerkCall call)
    {
        if (call.Caller.Machine is not { } machine)
        {
            return ClerkErrors.MachineKeyInvalid;
        }

        var format = call.Form.Text("token_format") ?? "opaque";
        var seconds = call.Form.Integer("seconds_until_expiration", 1, TokenLifetime.Maximum);
        var claims = call.Form.Object("claims");
        var remaining = call.Form.Integer("min_remaining_ttl_seconds", 0, TokenLifetime.Maximum);
        if (format is not ("opaque" or "jwt"))
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid("token_format", "opaque or jwt"));
        }

        if (remaining >= (seconds ?? machine.DefaultTokenTtl))
        {
            call.Form.Refuse(ParameterErrors.ValueInvalid("min_remaining_ttl_seconds", "less than the token's lifetime"));
        }

        if (claims is not null && ReservedClaims.FindInMachineClaims(claims) is { } reserved)
        {
            call.Form.Refuse(reserved);
        }

        // This family tells every fault of a request as 400, whereas the others use 422.
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        return Mint(machine, format, claims, seconds, remaining);
    }

    private ClerkAnswer Mint(Machine machine, string format, JsonObject? claims, int? seconds, int? remaining)
    {
        var now = world.Clock.NowMilliseconds;
        var token = M2MTokenMint.Describe(world, machine, claims, seconds);
        if (format == "jwt")
        {
            var unsigned = M2MTokenMint.AsJwt(world, token);
            return ClerkAnswer.Apart(201, json => M2MTokenJson.Write(json, token, now, unsigned.Sign()));
        }

        if (remaining is { } least && M2MTokenMint.FindReusable(world, token, least) is { } existing)
        {
            return ClerkAnswer.Created(json => M2MTokenJson.Write(json, existing, now, world.Data.M2MTokens.TextOf(existing)));
        }

        var text = world.Ids.NextHex("mt_", bytes: 32);
        world.Data.M2MTokens.Add(token, text);
        return ClerkAnswer.Created(json => M2MTokenJson.Write(json, token, now, text));
    }

    private ClerkAnswer List(ClerkCall call)
    {
        var subject = call.Query.Text("subject");
        var (revoked, expired) = (call.Query.Flag("revoked") == true, call.Query.Flag("expired") == true);
        var page = call.Query.Page(MostPerPage);
        if (string.IsNullOrEmpty(subject))
        {
            call.Query.Refuse(ParameterErrors.Missing("subject"));
        }

        if (call.Query.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        if (call.Caller.Machine is { } machine && machine.Id != subject)
        {
            return ClerkErrors.AuthorizationInvalid;
        }

        if (world.Data.Machines.Find(subject!) is null)
        {
            return ClerkErrors.NotFound("machine", subject!);
        }

        var now = world.Clock.NowMilliseconds;
        var found = new Ordering("created_at", Descending: true)
            .Of(world.Data.M2MTokens.Of(subject!), token => token.CreatedAt, token => token.Id)
            .Where(token => (revoked || !token.Revoked) && (expired || !token.IsExpired(now)))
            .ToList();
        return ClerkAnswer.Ok(json => ListJson.WritePage(
            json, page.Of(found), found.Count, (inner, token) => M2MTokenJson.Write(inner, token, now), "m2m_tokens"));
    }

    private ClerkAnswer Revoke(ClerkCall call)
    {
        var reason = call.Form.Text("revocation_reason");
        if (call.Form.Faults() is { } faults)
        {
            return faults.With(status: 400);
        }

        var token = world.Data.M2MTokens.Find(call.Route("m2m_token_id"));
        if (token is null || (call.Caller.Machine is { } machine && machine.Id != token.Subject))
        {
            return ClerkErrors.NotFound("M2M token", call.Route("m2m_token_id"));
        }

        var now = world.Clock.NowMilliseconds;
        if (!token.Revoked)
        {
            (token.Revoked, token.RevocationReason, token.UpdatedAt) = (true, reason, now);
        }

        return ClerkAnswer.Ok(json => M2MTokenJson.Write(json, token, now));
    }
}
