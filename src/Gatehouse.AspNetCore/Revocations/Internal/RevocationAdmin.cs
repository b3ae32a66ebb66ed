using System.Text.Json;
using Gatehouse.AspNetCore.Authentication;
using Gatehouse.AspNetCore.Problems.Internal;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>What operators do with revocations.</summary>
internal static partial class RevocationAdmin
{
    private const int MaximumBody = 4 * 1024;
    private const int MaximumReason = 500;

    public static async Task RevokeAsync(HttpContext context)
    {
        var request = await ReadAsync(context).ConfigureAwait(false);
        if (request is null || !RevocationNames.TryParse(request.Kind, out var kind) || !IsValue(kind, request.Value) || request.Reason is { Length: > MaximumReason })
        {
            await context.WriteProblemAsync(StatusCodes.Status400BadRequest, "invalid-revocation").ConfigureAwait(false);
            return;
        }

        var by = ((ClerkPrincipal)context.User).Subject;
        var record = await Register(context).RevokeAsync(kind, request.Value!, request.Reason, by, context.RequestAborted).ConfigureAwait(false);
        Log.Revoked(Logger(context), by, kind, record.Revocation.Value);
        context.Response.StatusCode = StatusCodes.Status201Created;
        var view = new RevocationWire.View(RevocationNames.Of(kind), record.Revocation.Value, RevocationNames.Time(record.Revocation.Until));
        await context.Response.WriteAsJsonAsync(view, RevocationJson.Default.View, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    public static async Task ListAsync(HttpContext context)
    {
        var records = await Register(context).ListAsync(context.RequestAborted).ConfigureAwait(false);
        var views = new RevocationWire.List([.. records.Select(View)]);
        await context.Response.WriteAsJsonAsync(views, RevocationJson.Default.List, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Named by the path, or by a body like that which revoked.</summary>
    public static async Task WithdrawAsync(HttpContext context)
    {
        var (name, value) = (context.Request.RouteValues["kind"] as string, context.Request.RouteValues["value"] as string);
        if (name is null && await ReadAsync(context).ConfigureAwait(false) is { } request)
        {
            (name, value) = (request.Kind, request.Value);
        }

        if (!RevocationNames.TryParse(name, out var kind) || !IsValue(kind, value))
        {
            await context.WriteProblemAsync(StatusCodes.Status400BadRequest, "invalid-revocation").ConfigureAwait(false);
            return;
        }

        if (!await Register(context).WithdrawAsync(kind, value!, context.RequestAborted).ConfigureAwait(false))
        {
            await context.WriteProblemAsync(StatusCodes.Status404NotFound, "not-revoked").ConfigureAwait(false);
            return;
        }

        Log.Withdrawn(Logger(context), ((ClerkPrincipal)context.User).Subject, kind, value!);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static RevocationWire.View View(RevocationRecord record) => new(
        RevocationNames.Of(record.Revocation.Kind),
        record.Revocation.Value,
        RevocationNames.Time(record.Revocation.Until),
        RevocationNames.Time(record.Revocation.At),
        record.Reason,
        record.By);

    private static bool IsValue(RevocationKind kind, string? value) => kind switch
    {
        RevocationKind.Session => ClerkIds.Is(ClerkIds.Session, value),
        RevocationKind.User => ClerkIds.Is(ClerkIds.User, value),
        RevocationKind.Machine => ClerkIds.Is(ClerkIds.Machine, value),
        _ => value is { Length: > 0 and <= 128 } && !value.AsSpan().ContainsAnyExceptInRange('!', '~'),
    };

    private static async Task<RevocationWire.Request?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return null;
        }

        var body = new byte[MaximumBody + 1];
        var length = await context.Request.Body
            .ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted)
            .ConfigureAwait(false);
        try
        {
            return length > MaximumBody ? null : JsonSerializer.Deserialize(body.AsSpan(0, length), RevocationJson.Default.Request);
        }
        catch (JsonException)
        {
            return null;   // a body that is not as it must be: the caller answers 400
        }
    }

    private static IRevocationRegister Register(HttpContext context) => context.RequestServices.GetRequiredService<IRevocationRegister>();

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Gatehouse.AspNetCore.Revocations");

    private static partial class Log
    {
        [LoggerMessage(EventIds.Revoked, LogLevel.Information, "{Operator} revoked the {Kind} {Value}")]
        public static partial void Revoked(ILogger logger, string @operator, RevocationKind kind, string value);

        [LoggerMessage(EventIds.RevocationWithdrawn, LogLevel.Information, "{Operator} took back the revocation of the {Kind} {Value}")]
        public static partial void Withdrawn(ILogger logger, string @operator, RevocationKind kind, string value);
    }
}
