using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Decides whose secret key a request carries, and whether the operation is for its holder.</summary>
internal sealed partial class CallerCheck(ClerkWorld world, ILogger<CallerCheck> logger)
{
    private const string Scheme = "Bearer ";

    public (Caller? Caller, ClerkError? Refusal) Check(HttpRequest request, ClerkOperation operation)
    {
        if (operation.Audience == Audience.Everyone)
        {
            return (Caller.Instance, null);
        }

        if (request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || header.AsSpan(Scheme.Length).Trim() is not { IsEmpty: false } key)
        {
            return (null, ClerkErrors.AuthorizationHeaderInvalid);
        }

        if (key.StartsWith("sk_live_", StringComparison.Ordinal))
        {
            Log.ProductionKeyRefused(logger, request.Path);
            return (null, ClerkErrors.KeyInvalid);
        }

        return Identify(key.ToString(), operation.Audience);
    }

    private (Caller? Caller, ClerkError? Refusal) Identify(string key, Audience audience)
    {
        if (key == LocalClerkDefaults.SecretKey)
        {
            return (Caller.Instance, null);
        }

        if (audience == Audience.Instance || !key.StartsWith("ak_", StringComparison.Ordinal))
        {
            return (null, ClerkErrors.KeyInvalid);
        }

        lock (world.Gate)
        {
            return world.Data.Machines.FindBySecret(key, world.Clock.NowMilliseconds) is { } machine
                ? (new Caller(machine), null)
                : (null, ClerkErrors.MachineKeyInvalid);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ProductionKeyRefused, LogLevel.Error,
            "A production secret key was sent to the local Clerk for {Path} and refused. The program that sent it has a real instance's key "
            + "together with the local Clerk's address: give it one or the other.")]
        public static partial void ProductionKeyRefused(ILogger logger, string path);
    }
}
