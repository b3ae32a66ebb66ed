using System.Text.RegularExpressions;

namespace Gatehouse.Local.Tests.Frontend;

/// <summary>Every operation that Clerk has is answered or refused by its name, and none that it has not.</summary>
public sealed partial class FrontendOperationTests
{
    [Fact]
    public async Task Operation_that_is_not_there_is_refused_by_its_name()
    {
        await using var clerk = await RunningClerk.StartAsync();
        foreach (var missing in FrontendCoveragePage.Of(clerk).Where(operation => !operation.Answered).Select(operation => operation.Published))
        {
            var answer = await SendAsync(clerk, missing.Method, missing.Path);

            Assert.Equal((501, "not_implemented"), (answer.Status, answer.Code));
            Assert.Contains($" {missing.Name} ", answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Operation_that_is_there_answers_whoever_asks()
    {
        await using var clerk = await RunningClerk.StartAsync();
        foreach (var there in FrontendCoveragePage.Of(clerk).Where(operation => operation.Answered).Select(operation => operation.Published))
        {
            var answer = await SendAsync(clerk, there.Method, there.Path);

            Assert.True(answer.Status is 200 or 303 or 307 or 400 or 401, $"{there.Name}: {answer.Status} {answer.Body}");
        }
    }

    [Theory]
    [InlineData("GET", "/v1/no/such/thing")]
    [InlineData("DELETE", "/v1/environment")]
    [InlineData("GET", "/v2/client")]
    public async Task What_Clerk_has_not_is_not_found(string method, string path)
    {
        await using var clerk = await RunningClerk.StartAsync();

        Assert.Equal((404, "resource_not_found"), await SendAsync(clerk, method, path) is var answer ? (answer.Status, answer.Code) : default);
    }

    private static async Task<Answer> SendAsync(RunningClerk clerk, string method, string path)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = clerk.Address };
        var address = $"/__clerk{Placeholder.Replace(path, "some_id")}";
        return await clerk.SendAsync(new HttpMethod(method), address, client: http);
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder { get; }
}
