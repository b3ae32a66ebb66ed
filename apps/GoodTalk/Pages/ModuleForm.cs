using GoodTalk.Analysis;
using Microsoft.AspNetCore.Mvc;

namespace GoodTalk.Pages;

/// <summary>The form of the modules' page, for browsers without scripts. With them the page saves in place.</summary>
internal static class ModuleForm
{
    public static void MapModuleForm(this IEndpointRouteBuilder routes) => routes.MapPost("/modules", SaveAsync).RequireCaller();

    private static async Task<IResult> SaveAsync(
        [FromForm] string name, [FromForm] string text, AnalyzerClient analyzer, CancellationToken cancellationToken)
    {
        var status = await analyzer.SaveModuleAsync(name, text, cancellationToken);
        return Results.LocalRedirect(status is >= 200 and < 300 ? "/modules" : $"/modules?refused={status}", permanent: false, preserveMethod: false);
    }
}
