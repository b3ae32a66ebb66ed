using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ShtetlZmanim.External;

namespace ShtetlZmanim.Documents;

/// <summary>The OpenAPI document and its page.</summary>
internal static class DocumentExtensions
{
    private const string Bearer = "bearer";

    public static void AddDocument(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(DescribeOperationAsync);
        });

    public static void UseDocumentPage(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "Shtetl Zmanim";
            page.SwaggerEndpoint("/openapi/v1.json", "Shtetl Zmanim");
        });
        app.MapGet("/", () => TypedResults.Redirect("/swagger")).ExcludeFromDescription();
    }

    /// <summary>Lists the statuses with which an endpoint may refuse, beside those that all share.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params IEnumerable<int> statuses)
    {
        foreach (var status in statuses.Concat([401, 403, 429, 500, 503]).Order())
        {
            endpoint.Produces<Problem>(status, "application/problem+json");
        }

        return endpoint;
    }

    /// <summary>Describes the query of a day, which the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesDay(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters =
            [
                Parameter(ZmanimQuery.Latitude, "Degrees, north positive.", Number(-90, 90), required: true),
                Parameter(ZmanimQuery.Longitude, "Degrees, east positive.", Number(-180, 180), required: true),
                Parameter(ZmanimQuery.DateName, "1900 to 2100.", new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" }, required: true),
                Parameter(ZmanimQuery.Elevation, "Metres above the horizon that is seen. Default 0.", Number(0, ZmanimQuery.HighestElevation), required: false),
                Parameter(ZmanimQuery.Timezone, "A zone of IANA's database, such as `Asia/Jerusalem`. Default `UTC`.", new OpenApiSchema { Type = JsonSchemaType.String }, required: false),
            ];
            return Task.CompletedTask;
        });

    private static OpenApiParameter Parameter(string name, string description, OpenApiSchema schema, bool required) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Required = required, Schema = schema };

    private static OpenApiSchema Number(double least, double most) => new()
    {
        Type = JsonSchemaType.Number,
        Minimum = least.ToString(CultureInfo.InvariantCulture),
        Maximum = most.ToString(CultureInfo.InvariantCulture),
    };

    private static string DescriptionOf(string status) => status switch
    {
        "200" => "As the schema says.",
        "400" => "A parameter is missing, unknown, repeated or wrong; `details` names each fault.",
        "401" => "No token, or one that is not taken here; `code` says why.",
        "403" => "An API key without the scope `zmanim:read`.",
        "429" => "The caller's calls are used up. `Retry-After` says how long to wait.",
        "500" => "A fault of Shtetl Zmanim's.",
        "503" => "The database or Clerk's keys cannot be had just now. `Retry-After` says when to try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no endpoint answers with this status"),
    };

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Shtetl Zmanim";
        document.Info.Version = "v1";
        document.Info.Description =
            "Halachic times for other services. Send a machine's token for Shtetl Zmanim, or an API key with the scope `zmanim:read`, as "
            + "`Authorization: Bearer`. Every answer carries `X-RateLimit-Limit`, `-Remaining` and `-Reset` (unix seconds); 10,000 requests an hour for "
            + "each machine unless configured otherwise, coming back one by one. Refusals are `application/problem+json` with `error`, `code` and `message`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "A machine's token (M2M), JWT or opaque, or an API key (`ak_…`).",
            },
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            response.Description = DescriptionOf(status);
        }

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        return Task.CompletedTask;
    }
}
