using Microsoft.Extensions.DependencyInjection;

namespace Gatehouse.AspNetCore.Tests;

/// <summary>An app words its refusals: by code, else by status, else as HTTP calls them.</summary>
public sealed class ProblemTextTests
{
    [Theory]
    [InlineData("expired", "It is over")]
    [InlineData("signature", "Who are you?")]
    [InlineData("forbidden", "Forbidden")]
    public async Task The_text_of_a_code_goes_before_that_of_its_status(string code, string text)
    {
        await using var app = await EdgeApp.StartAsync(gatehouse: gatehouse => gatehouse.ConfigureProblems(problems =>
        {
            problems.TextsByCode["expired"] = "It is over";
            problems.Texts[401] = "Who are you?";
        }));
        var token = code switch
        {
            "expired" => app.Forge.Session(claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 60),
            "signature" => app.Forge.Session()[..^4] + "AAAA",
            _ => app.SessionOf("nobody"),
        };
        using var response = await app.SendAsync("/free", token);
        var problem = await EntranceTests.ProblemAsync(response);
        Assert.Equal((code, text), (problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString()));
    }
}
