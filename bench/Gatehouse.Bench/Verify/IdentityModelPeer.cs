using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gatehouse.Bench.Verify;

/// <summary>.NET's usual library, with issuer, lifetime and signature checked; it knows nothing of classes and parties.</summary>
internal sealed class IdentityModelPeer(RSA rsa)
{
    private readonly JsonWebTokenHandler _handler = new();

    private readonly TokenValidationParameters _parameters = new()
    {
        IssuerSigningKey = new RsaSecurityKey(rsa) { KeyId = SessionTokens.KeyId },
        ValidIssuer = SessionTokens.Issuer,
        ValidateAudience = false,
        ValidAlgorithms = ["RS256"],
    };

    public void Verify(string token)
    {
        var result = _handler.ValidateToken(token, _parameters);
        if (!result.IsValid)
        {
            throw new InvalidOperationException($"refused: {result.Exception.Message}");
        }
    }
}
