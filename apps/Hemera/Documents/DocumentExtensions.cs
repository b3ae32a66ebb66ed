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
            options.AddOperationTransformer(DemandTokenAsync);
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
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (int[])[.. statuses, 401, 403, 429, 500, 503])
        {
            endpoint.ProducesProblem(status);
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

    private static Task DemandTokenAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
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
