using Gatehouse.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace ShtetlZmanim.Tests.Support;

/// <summary>API keys as Clerk would say of them: the secret is their subject and their scopes.</summary>
internal sealed class KnownKeys : IOpaqueTokenSource
{
    public static void Add(IServiceCollection services) => services.AddSingleton<IOpaqueTokenSource, KnownKeys>();

    public static string Of(string subject, string scope = "zmanim.read") => $"ak_{subject}.{scope}";

    public ValueTask<OpaqueLookup> FindAsync(string token, TokenClass tokenClass, CancellationToken cancellationToken)
    {
        var parts = token["ak_".Length..].Split('.', 2);
        return ValueTask.FromResult(OpaqueLookup.Of(new OpaqueToken
        {
            Class = tokenClass,
            Id = "ak_id",
            Subject = parts[0],
            Scopes = [parts[1].Replace('.', ':')],
        }));
    }
}
