using Analyzer.Documents;
using Analyzer.Requests;
using Analyzer.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Analyzer.Chat;

internal static class ChatEndpoints
{
    public static void MapChat(this IEndpointRouteBuilder api)
    {
        var chat = api.MapGroup("/chat").WithTags("Chat");

        chat.MapPost("", AnswerAsync)
            .FailsTo("answer message")
            .WithName("postMessage")
            .WithSummary("Ask about the caller's modules")
            .WithDescription("Counts the words and sentences of the caller's modules, looks in them for the words of `message`, and keeps question and answer.")
            .TakesMessage()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

        chat.MapGet("", ListAsync)
            .FailsTo("list messages")
            .WithName("listMessages")
            .WithSummary("What the caller has asked")
            .WithDescription($"The latest first, of the latest {ChatStore.Kept}; 50 at a time unless `limit` says otherwise.")
            .TakesPage()
            .Refuses(StatusCodes.Status400BadRequest);
    }

    private static async Task<Results<Ok<ChatMessage>, ProblemHttpResult>> AnswerAsync(HttpContext context, ChatStore store, CancellationToken cancellationToken)
    {
        var (document, refusal) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (document is null)
        {
            return refusal!;
        }

        using var body = document;
        var faults = new FaultList();
        return ChatReader.Read(body.RootElement, faults) is { } message
            ? TypedResults.Ok(await store.AnswerAsync(context.UserId(), message, cancellationToken))
            : Refusals.Invalid(faults.All);
    }

    private static async Task<Results<Ok<ChatPage>, ProblemHttpResult>> ListAsync(HttpContext context, ChatStore store, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        return PageQuery.Read(context.Request.Query, faults) is { } page
            ? TypedResults.Ok(await store.ListAsync(context.UserId(), page, cancellationToken))
            : Refusals.Invalid(faults.All);
    }
}
