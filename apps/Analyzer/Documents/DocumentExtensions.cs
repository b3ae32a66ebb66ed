using Analyzer.Chat;
using Analyzer.Modules;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Analyzer.Documents;

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
            page.DocumentTitle = "Analyzer";
            page.SwaggerEndpoint("/openapi/v1.json", "Analyzer");
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

    /// <summary>Describes a module as a body, which the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesModule(this RouteHandlerBuilder endpoint) => endpoint.Takes(new()
    {
        [ModuleReader.Name] = Text(ModuleSave.MaximumNameLength),
        [ModuleReader.Content] = new OpenApiSchema { Type = JsonSchemaType.Object },
    });

    /// <summary>Describes a message as a body, which the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesMessage(this RouteHandlerBuilder endpoint) =>
        endpoint.Takes(new() { [ChatReader.Message] = Text(ChatReader.MaximumLength) });

    /// <summary>Describes the query of a list, which the endpoint reads by itself.</summary>
    public static RouteHandlerBuilder TakesPage(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "cursor",
                In = ParameterLocation.Query,
                Description = "The `next` of the answer before.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "limit",
                In = ParameterLocation.Query,
                Description = "How many at most.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = "100" },
            });
            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, Dictionary<string, IOpenApiSchema> members) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalPropertiesAllowed = false,
                Required = members.Keys.ToHashSet(StringComparer.Ordinal),
                Properties = members,
            };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema Text(int maximumLength) =>
        new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = maximumLength };

    private static string DescriptionOf(string status) => status switch
    {
        "200" => "As the schema says.",
        "204" => "Done.",
        "400" => "The body or the query is not as it must be; `details` names each fault.",
        "401" => "No token, or one that is not taken here; `code` says why.",
        "403" => "Not the caller's own, or a key without the scope for it.",
        "404" => "The caller has no such thing.",
        "409" => "The caller has as many as there may be.",
        "413" => "The body is too large.",
        "415" => "The body is not called JSON.",
        "429" => "The caller's calls of this minute are used up. `Retry-After` says how long to wait.",
        "500" => "A fault of the Analyzer's.",
        "503" => "The database or Clerk's keys cannot be had just now. `Retry-After` says when to try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no endpoint answers with this status"),
    };

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "Analyzer";
        document.Info.Version = "v1";
        document.Info.Description =
            "Each user's modules, what they say, and a stream of what happens to them. Send the user's Clerk session token as `Authorization: Bearer`. "
            + "Every answer carries `X-RateLimit-Limit`, `-Remaining` and `-Reset` (unix seconds); 60 requests a minute for each user unless configured "
            + "otherwise. Refusals are `application/problem+json` with `code` and `detail`.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "A user's session token. Reading modules also takes an API key (`ak_…`) of the user with the scope `modules:read`.",
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
