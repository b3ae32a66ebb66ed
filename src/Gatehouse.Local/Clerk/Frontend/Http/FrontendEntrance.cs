using System.Text.Json;
using Gatehouse.Local.Clerk.Clients;
using Gatehouse.Local.Clerk.Control;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Faults;
using Gatehouse.Local.Clerk.Frontend.Sessions;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Limits;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>The way of every Frontend API request: page, fault, version, limit, form, browser, and only then the operation.</summary>
internal sealed class FrontendEntrance(
    ClerkWorld world,
    OriginPolicy origins,
    FaultInjector faults,
    RequestLimiter limiter,
    RequestLog log,
    AnswerWriter writer)
{
    public async Task HandleAsync(HttpContext context, FrontendOperation operation)
    {
        string? caller = null;
        var fault = faults.Draw();
        try
        {
            caller = await AnswerAsync(context, operation, fault).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();   // the browser has left: there is nobody to answer
        }
        finally
        {
            Note(context, caller, fault);
        }
    }

    public Task AnswerPreflight(HttpContext context)
    {
        if (!Cors.TryAllow(context, origins))
        {
            return writer.RefuseAsync(context, FrontendErrors.OriginInvalid);
        }

        Cors.AllowPreflight(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task<string?> AnswerAsync(HttpContext context, FrontendOperation operation, FaultKind fault)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Cors.TryAllow(context, origins))
        {
            await writer.RefuseAsync(context, FrontendErrors.OriginInvalid).ConfigureAwait(false);
            return null;
        }

        // Only now: a browser tells its page nothing of an answer that does not allow the page, not even that it failed.
        await faults.DelayAsync(context.RequestAborted).ConfigureAwait(false);
        if (fault != FaultKind.None)
        {
            await faults.FailAsync(context, fault).ConfigureAwait(false);
            return null;
        }

        if (Refusal(context, operation) is { } refusal)
        {
            await writer.RefuseAsync(context, refusal).ConfigureAwait(false);
            return null;
        }

        var (fields, malformed) = await FrontendBody.ReadAsync(context.Request, context.RequestAborted).ConfigureAwait(false);
        if (malformed is not null)
        {
            await writer.RefuseAsync(context, malformed).ConfigureAwait(false);
            return null;
        }

        var (answer, client, rendered) = Run(context.Request, operation, new FrontendForm(fields));
        BrowserIdentity.Give(context, client);
        if (answer.Location is { } location)
        {
            context.Response.StatusCode = answer.Status;
            context.Response.Headers.Location = location;
            return client?.Id;
        }

        rendered ??= AnswerWriter.Render(answer.Body!);
        await AnswerWriter.WriteAsync(context, answer.Status, rendered.Value).ConfigureAwait(false);
        return client?.Id;
    }

    private ClerkError? Refusal(HttpContext context, FrontendOperation operation)
    {
        if (!ApiVersion.IsAcceptable(context.Request))
        {
            return ClerkErrors.ApiVersionInvalid;
        }

        return limiter.Count(operation.Limit, context.Connection.RemoteIpAddress?.ToString() ?? "") is { } seconds
            ? ClerkErrors.TooManyRequests(seconds)
            : null;
    }

    private (FrontendAnswer Answer, BrowserClient? Client, ReadOnlyMemory<byte>? Rendered) Run(
        HttpRequest request,
        FrontendOperation operation,
        FrontendForm form)
    {
        lock (world.Gate)
        {
            var (client, refusal) = BrowserIdentity.Find(request, world.Data, operation);
            var call = new FrontendCall(request, world, client, form);
            var answer = refusal is null ? operation.Handle(call) : refusal;
            if (answer.IsApart || answer.Location is not null)
            {
                return (answer, call.Client, null);
            }

            return (answer, call.Client, AnswerWriter.Render(json => Write(json, answer, request, call)));
        }
    }

    private void Write(Utf8JsonWriter json, FrontendAnswer answer, HttpRequest request, FrontendCall call)
    {
        // A browser takes its whole state from the client that comes along with an answer; what merely reads changes no state.
        var client = HttpMethods.IsGet(request.Method) && !answer.TellsClient ? null : call.Client;
        if (answer.Errors.Count > 0)
        {
            ErrorEnvelope.WriteForBrowsers(
                json, answer.Errors, world.Ids.NextHex(""), client is null ? null : inner => ClientJson.Write(inner, world, client, call.Origin));
        }
        else if (answer.IsBare)
        {
            answer.Body!(json);
        }
        else
        {
            json.WriteStartObject();
            json.WritePropertyName("response");
            answer.Body!(json);
            json.WritePropertyName("client");
            ClientJson.WriteOrNull(json, world, client, call.Origin);
            json.WriteEndObject();
        }
    }

    private void Note(HttpContext context, string? caller, FaultKind fault) => log.Add(number => new LoggedRequest(
        number,
        world.Clock.NowMilliseconds,
        context.Request.Method,
        context.Request.Path.Value ?? "",
        context.Request.QueryString.Value ?? "",
        caller,
        context.Request.Headers.Origin is [{ } origin] ? origin : null,
        context.Response.StatusCode,
        fault == FaultKind.None ? null : fault.ToString()));
}
