using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Authorization.Internal;

internal sealed class AccessOptionsValidator : IValidateOptions<AccessOptions>
{
    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        foreach (var (id, machine) in options.Machines)
        {
            if (!ClerkIds.Is(ClerkIds.Machine, id))
            {
                result.AddError($"'{id}' is no machine's id (mch_…)", nameof(options.Machines));
            }

            if (machine.Role is null || !options.Roles.ContainsKey(machine.Role))
            {
                result.AddError(
                    $"machine {id} needs a Role that exists; the roles are: {string.Join(", ", options.Roles.Keys)}",
                    nameof(options.Machines));
            }
        }

        if (options.RoleCacheDuration < TimeSpan.FromSeconds(1) || options.RoleCacheDuration > TimeSpan.FromHours(1))
        {
            result.AddError("must be 1 second to 1 hour", nameof(options.RoleCacheDuration));
        }

        if (options.RoleOutageTolerance < TimeSpan.Zero || options.RoleOutageTolerance > TimeSpan.FromHours(24))
        {
            result.AddError("must be 0 to 24 hours", nameof(options.RoleOutageTolerance));
        }

        return result.Build();
    }
}
