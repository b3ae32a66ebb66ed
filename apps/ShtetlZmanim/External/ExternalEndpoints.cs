using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using ShtetlZmanim.Access;
using ShtetlZmanim.Documents;
using ShtetlZmanim.Usage;
using ShtetlZmanim.Zmanim;

namespace ShtetlZmanim.External;

internal static class ExternalEndpoints
{
    public static void MapExternal(this IEndpointRouteBuilder api)
    {
        api.MapGet("/health", (ClerkPrincipal caller) => TypedResults.Ok(new HealthAnswer("ok", caller.Subject)))
            .FailsTo("say how it is")
            .WithTags("Service")
            .WithName("getHealth")
            .WithSummary("Whether the API is there")
            .WithDescription("And whom it takes the caller for: the first call to make with a new token.")
            .Refuses();

        api.MapGet("/usage", ReportAsync)
            .FailsTo("report usage")
            .WithTags("Service")
            .WithName("getUsage")
            .WithSummary("The caller's own calls")
            .WithDescription("By the hour, of the last seven days. The call that asks is not among them yet.")
            .Refuses();

        api.MapGet("/zmanim", FindZmanim)
            .FailsTo("find zmanim")
            .WithTags("Zmanim")
            .WithName("getZmanim")
            .WithSummary("A day's halachic times at a place")
            .WithDescription(
                "By NOAA's equations of the sun, to the minute between 72 degrees north and south. Dawn at 16.1 degrees, nightfall at 8.5; hours by "
                + "the Vilna Gaon (`gra`) from sunrise to sunset, and by the Magen Avraham from 72 minutes before to 72 minutes after. Elevation moves "
                + "sunrise and sunset alone. What does not come on a day is null, and `notes` say why.")
            .TakesDay()
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<Ok<UsageReport>> ReportAsync(HttpContext context, UsageStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ReportAsync(context.ClientId()!, context.UsageKey()!, cancellationToken));

    private static Results<Ok<ZmanimAnswer>, ProblemHttpResult> FindZmanim(HttpRequest request)
    {
        List<RequestFault> faults = [];
        if (ZmanimQuery.Read(request.Query, faults) is not { } query)
        {
            return Refusals.Invalid(faults);
        }

        if (HalachicDay.Find(query.Place, query.Date, query.Zone) is not { } day)
        {
            return Refusals.Invalid([new RequestFault("no-such-day", ZmanimQuery.DateName, $"was left out in {query.Zone.Id}, which moved across the date line")]);
        }

        var (place, zone) = (query.Place, query.Zone);
        return TypedResults.Ok(new ZmanimAnswer(
            query.Date, new ZmanimLocation(place.Latitude, place.Longitude, place.Elevation), zone.Id, ZmanimTimes.Of(day, zone), day.Notes));
    }
}
