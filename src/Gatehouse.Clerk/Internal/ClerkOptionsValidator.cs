using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Internal;

/// <summary>Names every fault at once, by the variable that cures it. A secret's text never appears.</summary>
internal sealed class ClerkOptionsValidator : IValidateOptions<ClerkOptions>
{
    public ValidateOptionsResult Validate(string? name, ClerkOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckAddresses(options, result);
        CheckCredentials(options, result);
        CheckFit(options, result);
        CheckBounds(options, result);
        return Named(name, result.Build());
    }

    private static ValidateOptionsResult Named(string? name, ValidateOptionsResult result) =>
        result.Failed && !string.IsNullOrEmpty(name)
            ? ValidateOptionsResult.Fail(result.Failures.Select(fault => $"{ClerkDefaults.InstancesSection}:{name}: {fault}"))
            : result;

    private static void CheckAddresses(ClerkOptions options, ValidateOptionsResultBuilder result)
    {
        if (!Addresses.TryParse(options.ApiUrl, out _))
        {
            result.AddError($"CLERK_API_URL {Addresses.Demand}", nameof(options.ApiUrl));
        }

        if (options.ProxyUrl is not null && !Addresses.TryParse(options.ProxyUrl, out _))
        {
            result.AddError($"CLERK_PROXY_URL {Addresses.Demand}", nameof(options.ProxyUrl));
        }
    }

    private static void CheckCredentials(ClerkOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.SecretKey is { } secret && !IsSecret(secret, "sk_test_", "sk_live_", "test_", "live_"))
        {
            result.AddError(
                "CLERK_SECRET_KEY must be the instance's secret key, which begins with sk_test_ or sk_live_ (Clerk dashboard, API keys)",
                nameof(options.SecretKey));
        }

        if (options.MachineSecretKey is { } machine && !IsSecret(machine, "ak_"))
        {
            result.AddError(
                "CLERK_MACHINE_SECRET_KEY must be a machine's secret key, which begins with ak_ (Clerk dashboard, Machines)",
                nameof(options.MachineSecretKey));
        }

        if (options.PublishableKey is { } publishable && !PublishableKey.TryParse(publishable, out _))
        {
            result.AddError(
                "CLERK_PUBLISHABLE_KEY must be the instance's whole publishable key, which begins with pk_test_ or pk_live_",
                nameof(options.PublishableKey));
        }

        if (options.JwtKey is { } pem && !SigningKey.TryCreateFromPem("pem", pem, out _))
        {
            result.AddError(
                $"CLERK_JWT_KEY must be the PEM of an RSA public key of {SigningKey.MinimumRsaBits} bits or more",
                nameof(options.JwtKey));
        }

        if (options.ServiceUserId is { } user && !user.StartsWith("user_", StringComparison.Ordinal))
        {
            result.AddError("CLERK_SERVICE_USER_ID must be a user's id, which begins with user_", nameof(options.ServiceUserId));
        }
    }

    private static void CheckFit(ClerkOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.SecretKey is not null
            && PublishableKey.TryParse(options.PublishableKey, out var publishable)
            && publishable.IsDevelopment == options.HasProductionSecret)
        {
            result.AddError(
                "CLERK_SECRET_KEY and CLERK_PUBLISHABLE_KEY belong to different instances: take both from one, _test_ or _live_",
                nameof(options.PublishableKey));
        }

        // The local services' keys stand in public text: sent elsewhere they are refused at best.
        if (Addresses.TryParse(options.ApiUrl, out var api) && !api.IsLoopback && UsesPublishedSecret(options))
        {
            result.AddError(
                "a secret of the local Clerk is set, but CLERK_API_URL is not on this machine: set both or neither",
                nameof(options.ApiUrl));
        }
    }

    private static void CheckBounds(ClerkOptions options, ValidateOptionsResultBuilder result)
    {
        if (options.MaximumAttempts is < 1 or > 10)
        {
            result.AddError("must be 1 to 10", nameof(options.MaximumAttempts));
        }

        if (options.RetryDelay < TimeSpan.FromMilliseconds(1) || options.RetryDelay > TimeSpan.FromSeconds(30))
        {
            result.AddError("must be 1 millisecond to 30 seconds", nameof(options.RetryDelay));
        }

        if (options.MaximumRetryAfter < TimeSpan.Zero || options.MaximumRetryAfter > TimeSpan.FromMinutes(5))
        {
            result.AddError("must be 0 to 5 minutes", nameof(options.MaximumRetryAfter));
        }

        if (options.AttemptTimeout < TimeSpan.FromMilliseconds(100) || options.AttemptTimeout > TimeSpan.FromMinutes(2))
        {
            result.AddError("must be 100 milliseconds to 2 minutes", nameof(options.AttemptTimeout));
        }
    }

    private static bool IsSecret(string text, params ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return !text.AsSpan().ContainsAnyExceptInRange('!', '~');
            }
        }

        return false;
    }

    private static bool UsesPublishedSecret(ClerkOptions options) =>
        (options.SecretKey is { } secret && PublishedKeys.Contains(secret))
        || (options.MachineSecretKey is { } machine && PublishedKeys.Contains(machine));
}
