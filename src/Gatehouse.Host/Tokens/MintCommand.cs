using System.CommandLine;
using System.Text.Json;

namespace Gatehouse.Host.Tokens;

/// <summary><c>gatehouse token mint</c>: a token of the local Clerk, to be pasted into a <c>curl</c>.</summary>
internal static class MintCommand
{
    private static readonly Option<string?> User = new("--user") { Description = "A person's name (ada, grace, lin, aither-service) or id" };
    private static readonly Option<string?> Machine = new("--machine") { Description = "A machine's name (aither, hemera, shtetl-zmanim, developer) or id" };
    private static readonly Option<string?> Origin = new("--origin") { Description = "The origin that the token is made for (azp), such as http://localhost:5421" };
    private static readonly Option<string?> Organization = new("--org") { Description = "The organization that is active: its id or slug" };
    private static readonly Option<string?> Template = new("--template") { Description = "A JWT template's name, such as hemera-api" };
    private static readonly Option<int?> Seconds = new("--seconds") { Description = "How long the token lives" };
    private static readonly Option<bool> Json = new("--json") { Description = "Answer in JSON" };

    public static Command Create(ToolEnvironment environment)
    {
        var command = new Command("mint", "Mint a token of the local Clerk (only there: its signing key is published)")
        {
            User, Machine, Origin, Organization, Template, Seconds, Json,
        };
        command.Validators.Add(result =>
        {
            var names = new[] { User, Machine }.Count(option => result.GetResult(option) is not null);
            if (names != 1)
            {
                result.AddError("name either --user or --machine");
            }

            if (result.GetResult(Machine) is not null && new[] { Origin, Organization, Template }.Any(option => result.GetResult(option) is not null))
            {
                result.AddError("--origin, --org and --template belong to --user");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var request = new MintRequest
        {
            User = parsed.GetValue(User),
            Machine = parsed.GetValue(Machine),
            Origin = parsed.GetValue(Origin),
            Organization = parsed.GetValue(Organization),
            Template = parsed.GetValue(Template),
            Seconds = parsed.GetValue(Seconds),
        };
        var minted = await LocalMint.MintAsync(request, environment, cancellationToken);
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (minted.Token is null)
        {
            await error.WriteLineAsync(minted.Refusal);
            return minted.ExitCode;
        }

        await output.WriteLineAsync(parsed.GetValue(Json) ? JsonSerializer.Serialize(new { token = minted.Token, local = true }) : minted.Token);
        return ExitCodes.Done;
    }
}
