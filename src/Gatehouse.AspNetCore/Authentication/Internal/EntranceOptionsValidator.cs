using System.Collections.Frozen;
using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authentication.Internal;

internal sealed class EntranceOptionsValidator : IValidateOptions<EntranceOptions>
{
    private const TokenClass Verifiable =
        TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth | TokenClass.ApiKey;

    private static readonly FrozenSet<TokenFailure> Reportable =
        [TokenFailure.AuthorizedParty, TokenFailure.Class, TokenFailure.Audience, TokenFailure.Lifetime];

    public ValidateOptionsResult Validate(string? name, EntranceOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckClasses(options, result);
        CheckMachine(options, result);
        CheckTemplates(options, result);
        CheckParties(options, result);
        CheckClaims(options, result);
        CheckLifetimes(options.MaximumLifetimes, result);
        foreach (var failure in options.ReportOnly.Where(failure => !Reportable.Contains(failure)))
        {
            result.AddError($"{failure} cannot be left open; only {string.Join(", ", Reportable.Order())} can", nameof(options.ReportOnly));
        }

        if (options.Skew < TimeSpan.Zero || options.Skew > TimeSpan.FromSeconds(60))
        {
            result.AddError("must be 0 to 60 seconds", nameof(options.Skew));
        }

        if (options.Realm.AsSpan().ContainsAnyExceptInRange(' ', '~') || options.Realm.AsSpan().ContainsAny('"', '\\'))
        {
            result.AddError("must be printable ASCII without quotes", nameof(options.Realm));
        }

        return result.Build();
    }

    private static void CheckClasses(EntranceOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.Classes == TokenClass.None || (options.Classes & ~Verifiable) != TokenClass.None)
        {
            result.AddError($"must name one or more of {Verifiable}", nameof(options.Classes));
        }
    }

    private static void CheckMachine(EntranceOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.MachineId is { } machine && !ClerkIds.Is(ClerkIds.Machine, machine))
        {
            result.AddError("must be a machine's id (mch_…), as Clerk's dashboard shows it", nameof(options.MachineId));
        }

        if (options.Classes.HasFlag(TokenClass.M2M) && options.MachineId is null)
        {
            result.AddError(
                "is needed to take machine tokens, which must name their receiver: set Gatehouse:MachineId to this app's own machine",
                nameof(options.MachineId));
        }
    }

    private static void CheckTemplates(EntranceOptions options, ValidateOptionsResultBuilder result)
    {
        if (!options.TrustTemplateRole)
        {
            return;
        }

        if (!options.Classes.HasFlag(TokenClass.Template))
        {
            result.AddError("has no meaning where no template tokens are taken", nameof(options.TrustTemplateRole));
        }

        if (string.IsNullOrEmpty(options.TemplateClaim) && options.Audiences.Count == 0)
        {
            result.AddError(
                "needs TemplateClaim or Audiences: without them any template of the instance would count",
                nameof(options.TrustTemplateRole));
        }
    }

    private static void CheckParties(EntranceOptions options, ValidateOptionsResultBuilder result)
    {
        foreach (var party in options.AuthorizedParties)
        {
            if (!Uri.TryCreate(party, UriKind.Absolute, out var origin)
                || origin.Scheme is not ("http" or "https")
                || !string.Equals(origin.GetLeftPart(UriPartial.Authority), party, StringComparison.Ordinal))
            {
                result.AddError(
                    $"'{party}' is no origin: write scheme, host and port as browsers send them, such as https://app.example.com",
                    nameof(options.AuthorizedParties));
            }
        }
    }

    private static void CheckClaims(EntranceOptions options, ValidateOptionsResultBuilder result)
    {
        if (string.IsNullOrEmpty(options.RoleClaim))
        {
            result.AddError("must name a claim", nameof(options.RoleClaim));
        }

        if (options.TemplateClaim is { Length: 0 })
        {
            result.AddError("must name a claim, or be left out", nameof(options.TemplateClaim));
        }
    }

    private static void CheckLifetimes(MaximumLifetimes lives, ValidateOptionsResultBuilder result)
    {
        if (new[] { lives.Session, lives.Template, lives.M2M, lives.OAuth }.Any(life => life <= TimeSpan.Zero))
        {
            result.AddError("must be more than zero for each class", nameof(EntranceOptions.MaximumLifetimes));
        }
    }
}
