using Hemera.Access;
using Hemera.Documents;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hemera.Participations;

internal static class ParticipationEndpoints
{
    public const int MaximumBodyBytes = 64 * 1024;

    public static void MapParticipations(this IEndpointRouteBuilder service)
    {
        var participations = service.MapGroup("/participations").WithTags("Participations");

        participations.MapGroup("").RequirePermission(HemeraPermissions.ReadParticipations)
            .MapGet("/{id}", FindAsync)
            .FailsTo("fetch participation")
            .WithName("getParticipation")
            .WithSummary("One participation")
            .WithDescription("The participation with its course; of the person id, name and e-mail. Needs `read:participations`.")
            .Refuses(StatusCodes.Status404NotFound);

        participations.MapGroup("").RequirePermission(HemeraPermissions.WriteParticipationResults)
            .MapPut("/{id}/result", UpdateResultAsync)
            .FailsTo("update participation result")
            .WithName("putParticipationResult")
            .WithSummary("Write a result")
            .WithDescription(
                "Sets `resultOutcome` (at most 200 characters) and `resultNotes` (at most 10,000). An absent member stays as it is, null "
                + "clears it, and any other member is refused. Needs `write:participation-results`.")
            .TakesResult()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<Results<Ok<ParticipationDetail>, ProblemHttpResult>> FindAsync(
        string id, ParticipationStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } participation
            ? TypedResults.Ok(participation)
            : Refusals.NotFound(Refusals.ParticipationNotFound);

    private static async Task<Results<Ok<Participation>, ProblemHttpResult>> UpdateResultAsync(
        string id, HttpRequest request, ParticipationStore store, CancellationToken cancellationToken)
    {
        // Asked here and not by routing, which would answer before anybody is known.
        if (!request.HasJsonContentType() && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false)
        {
            return Refusals.UnsupportedMediaType();
        }

        var faults = new List<RequestFault>();
        if (await ReadUpdateAsync(request, faults, cancellationToken) is not { } update)
        {
            return Refusals.Invalid(faults);
        }

        return await store.UpdateResultAsync(id, update, cancellationToken) is { } participation
            ? TypedResults.Ok(participation)
            : Refusals.NotFound(Refusals.ParticipationNotFound);
    }

    private static async Task<ResultUpdate?> ReadUpdateAsync(HttpRequest request, List<RequestFault> faults, CancellationToken cancellationToken)
    {
        try
        {
            if (await LimitedBody.ReadAsync(request, MaximumBodyBytes, cancellationToken) is { } body)
            {
                return ResultUpdateReader.Read(body, faults);
            }

            faults.Add(new RequestFault("too_big", [], $"must be at most {MaximumBodyBytes} bytes"));
        }
        catch (BadHttpRequestException)
        {
            faults.Add(new RequestFault("invalid_json", [], "ended before it was complete"));
        }
        catch (ConnectionResetException)
        {
            // Nobody is left to answer, and the server must not look for the rest of the body.
            request.HttpContext.Abort();
            faults.Add(new RequestFault("invalid_json", [], "ended before it was complete"));
        }

        return null;
    }
}
