using Analyzer.Documents;
using Analyzer.Requests;
using Analyzer.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Analyzer.Modules;

internal static class ModuleEndpoints
{
    /// <summary>For people, and for API keys of theirs that may read.</summary>
    public static void MapModuleReading(this IEndpointRouteBuilder routes)
    {
        foreach (var (pattern, name) in ((string, string)[])[("/user_modules/user/{user_id}", "getUserModules"), ("/api/user_modules/user/{user_id}", "getUserModulesOfApi")])
        {
            routes.MapGet(pattern, ListAsync)
                .FailsTo("list modules")
                .WithTags("Modules")
                .WithName(name)
                .WithSummary("A user's modules")
                .WithDescription("The caller's own, in the order in which they were first saved; 50 at a time unless `limit` says otherwise. API keys need the scope `modules:read`.")
                .TakesPage()
                .Refuses(StatusCodes.Status400BadRequest);
        }
    }

    public static void MapModuleWriting(this IEndpointRouteBuilder api)
    {
        var modules = api.MapGroup("/user_modules").WithTags("Modules");

        modules.MapPost("/save", SaveAsync)
            .FailsTo("save module")
            .WithName("saveModule")
            .WithSummary("Save a module")
            .WithDescription(
                "Keeps `content`, an object of the caller's own making, under `name`, in place of what was there. Saving the same again changes "
                + $"nothing. At most 64 kB, and {ModuleStore.Maximum} modules for each user.")
            .TakesModule()
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType);

        modules.MapDelete("/{id}", DeleteAsync)
            .FailsTo("delete module")
            .WithName("deleteModule")
            .WithSummary("Delete a module")
            .WithDescription("Somebody else's is as unknown as one that is not there.")
            .Refuses(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<ModulePage>, ProblemHttpResult>> ListAsync(
        string user_id, HttpContext context, ModuleStore store, CancellationToken cancellationToken)
    {
        var userId = context.UserId();
        if (!string.Equals(user_id, userId, StringComparison.Ordinal))
        {
            return Refusals.Of(StatusCodes.Status403Forbidden, Refusals.NotAuthorized);
        }

        var faults = new FaultList();
        return PageQuery.Read(context.Request.Query, faults) is { } page
            ? TypedResults.Ok(await store.ListAsync(userId, page, cancellationToken))
            : Refusals.Invalid(faults.All);
    }

    private static async Task<Results<Ok<Module>, ProblemHttpResult>> SaveAsync(HttpContext context, ModuleStore store, CancellationToken cancellationToken)
    {
        var (document, refusal) = await JsonBody.ReadAsync(context.Request, cancellationToken);
        if (document is null)
        {
            return refusal!;
        }

        using var body = document;
        var faults = new FaultList();
        if (ModuleReader.Read(body.RootElement, faults) is not { } save)
        {
            return Refusals.Invalid(faults.All);
        }

        return await store.SaveAsync(context.UserId(), save, cancellationToken) is { } module
            ? TypedResults.Ok(module)
            : Refusals.Of(StatusCodes.Status409Conflict, Refusals.TooManyModules, "too-many-modules");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, HttpContext context, ModuleStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(context.UserId(), id, cancellationToken)
            ? TypedResults.NoContent()
            : Refusals.Of(StatusCodes.Status404NotFound, Refusals.ModuleNotFound);
}
