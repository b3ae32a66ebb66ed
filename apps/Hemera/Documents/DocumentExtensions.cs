using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Hemera.Documents;

/// <summary>The OpenAPI document and its page.</summary>
internal static class DocumentExtensions
{
    private const string Bearer = "bearer";

    public static void AddDocument(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(DescribeOperationAsync);
            options.AddSchemaTransformer(DescribeTimeAsync);
        });

    public static void UseDocumentPage(this WebApplication app)
    {
        app.MapOpenApi();
        app.UseSwaggerUI(page =>
        {
            page.DocumentTitle = "Hemera";
            page.SwaggerEndpoint("/openapi/v1.json", "Hemera");
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

    /// <summary>Describes the body of a result, which the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesResult(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = ResultSchema() } },
            };
            return Task.CompletedTask;
        });

    private static string DescriptionOf(string status) => status switch
    {
        "200" => "As the schema says.",
        "400" => "The body is not a valid result; `details` names each fault.",
        "401" => "No token, or one that is not taken here; `code` says why.",
        "403" => "The caller's role lacks the permission.",
        "404" => "There is no such thing.",
        "415" => "The body is not called JSON.",
        "429" => "The caller's calls of this minute are used up. `Retry-After` says how long to wait.",
        "500" => "A fault of Hemera's.",
        "503" => "The database, Clerk's keys or the caller's role cannot be had just now. `Retry-After` says when to try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no endpoint answers with this status"),
    };

    private static OpenApiSchema ResultSchema() => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            [Participations.ResultUpdateReader.Outcome] = Text(Participations.ResultUpdate.MaximumOutcomeLength),
            [Participations.ResultUpdateReader.Notes] = Text(Participations.ResultUpdate.MaximumNotesLength),
        },
    };

    private static OpenApiSchema Text(int maximumLength) =>
        new() { Type = JsonSchemaType.String | JsonSchemaType.Null, MaxLength = maximumLength };

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Hemera";
        document.Info.Version = "v1";
        document.Info.Description =
            "Courses and participations of the Hemera academy, for services. Send a Clerk token as `Authorization: Bearer`. Every answer "
            + "carries `X-RateLimit-Limit`, `-Remaining` and `-Reset` (unix seconds); 100 requests a minute for each caller. Refusals are "
            + "`application/problem+json` with `code` and `error`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                BearerFormat = "JWT",
                Description = "A machine's token for Hemera, a token of the template `hemera-api`, or a person's session token.",
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

    private static Task DescribeTimeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "date-time";
        }

        return Task.CompletedTask;
    }
}
