using Gatehouse.Clerk.Api;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.ServiceTokens.Internal;

/// <summary>Checks what one called service's options say, and that Clerk's credentials fit them.</summary>
internal sealed class ServiceTokenOptionsValidator(IOptions<ClerkOptions> clerk) : IValidateOptions<ServiceTokenOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceTokenOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckLives(options, result);
        CheckPatience(options, result);
        CheckCredentials(options, result);
        return result.Build();
    }

    private static void CheckLives(ServiceTokenOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.Lifetime < TimeSpan.FromSeconds(30) || options.Lifetime > ServiceTokenDefaults.Lifetime)
        {
            result.AddError("must be 30 seconds to 15 minutes", nameof(options.Lifetime));
            return;
        }

        var unused = options.Lifetime - (TokenLife.FreshUntil(DateTimeOffset.UnixEpoch, options.Lifetime) - DateTimeOffset.UnixEpoch);
        if (options.Format == M2MTokenFormat.Opaque
            && options.SharedRemaining != TimeSpan.Zero
            && (options.SharedRemaining <= unused || options.SharedRemaining >= options.Lifetime))
        {
            result.AddError($"must be zero, or more than {unused} and less than Lifetime", nameof(options.MinimumRemaining));
        }
    }

    private static void CheckPatience(ServiceTokenOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.MaximumAttempts is < 1 or > 20)
        {
            result.AddError("must be 1 to 20", nameof(options.MaximumAttempts));
        }

        if (options.RetryDelay < TimeSpan.FromMilliseconds(1) || options.RetryDelay > TimeSpan.FromSeconds(30))
        {
            result.AddError("must be 1 millisecond to 30 seconds", nameof(options.RetryDelay));
        }

        if (options.MaximumWait < TimeSpan.Zero || options.MaximumWait > TimeSpan.FromMinutes(10))
        {
            result.AddError("must be 0 to 10 minutes", nameof(options.MaximumWait));
        }

        if (options.MaximumBufferedBytes is < 0 or > 64 * 1024 * 1024)
        {
            result.AddError("must be 0 to 64 MiB", nameof(options.MaximumBufferedBytes));
        }
    }

    private void CheckCredentials(ServiceTokenOptions options, ValidateOptionsResultBuilder result)
    {
        ClerkOptions credentials;
        try
        {
            credentials = clerk.Value;
        }
        catch (OptionsValidationException)
        {
            return;   // these faults are reported with their own cure
        }

        if (options.Kind == ServiceTokenKind.Machine)
        {
            if (credentials.MachineSecretKey is null)
            {
                result.AddError("set CLERK_MACHINE_SECRET_KEY: machine tokens are minted with it", nameof(options.Kind));
            }

            return;
        }

        if (credentials.HasProductionSecret)
        {
            result.AddError(
                "a service user cannot be used with a production key, since Clerk creates sessions on development instances only: "
                + "use Kind Machine and set CLERK_MACHINE_SECRET_KEY",
                nameof(options.Kind));
        }
        else if (credentials.SecretKey is null)
        {
            result.AddError("set CLERK_SECRET_KEY: a service user's sessions are created with it", nameof(options.Kind));
        }

        if (options.ServiceUserId is null)
        {
            result.AddError("set CLERK_SERVICE_USER_ID to the service user's id", nameof(options.ServiceUserId));
        }

        if (string.IsNullOrWhiteSpace(options.TemplateName))
        {
            result.AddError("name the JWT template of the service user's tokens", nameof(options.TemplateName));
        }
    }
}
