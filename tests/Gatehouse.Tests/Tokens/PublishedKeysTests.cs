using System.Security.Cryptography;
using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

/// <summary>Decision 20: what stands in public source text lets nobody in by accident.</summary>
public sealed class PublishedKeysTests
{
    private static readonly string Pem = File.ReadAllText(Path.Combine(Root(), "src", "Gatehouse.Local", "Clerk", "signing-key.pem"));

    [Theory]
    [InlineData("sk_test_gatehouse_local", true)]
    [InlineData(" sk_test_gatehouse_local\n", true)]
    [InlineData("ak_gatehouse_local_aither", true)]
    [InlineData("ak_gatehouse_local_developer", true)]
    [InlineData("whsec_Z2F0ZWhvdXNlLWxvY2FsLXdlYmhvb2stc2VjcmV0LTE=", true)]
    [InlineData("pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA", true)]
    [InlineData("sk_test_of_somebody_else", false)]
    [InlineData("", false)]
    public void Local_secrets_are_known(string secret, bool known) => Assert.Equal(known, PublishedKeys.Contains(secret));

    [Fact]
    public void Local_signing_key_is_known_by_its_thumbprint_in_every_form()
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Pem);

        Assert.True(SigningKey.TryCreateFromPem("pem", rsa.ExportSubjectPublicKeyInfoPem(), out var pem) && pem.IsPublished);
        Assert.True(SigningKey.TryCreateFromPem("pem", rsa.ExportRSAPublicKeyPem(), out var pkcs) && pkcs.IsPublished);
        Assert.True(SigningKey.TryCreateFromPem("pem", Pem, out var whole) && whole.IsPublished);
        Assert.True(Jwks.Of(Jwks.Key("any", rsa.ExportParameters(false))).Find("any").Key?.IsPublished);
        Assert.False(new TokenForge(TimeProvider.System).Keys.Keys.Single().IsPublished);
    }

    [Theory]
    [InlineData(false, TokenFailure.PublishedKey)]
    [InlineData(true, null)]
    public async Task Token_signed_by_the_published_key_enters_only_where_that_is_said(bool admitted, TokenFailure? expected)
    {
        var clock = new TestClock();
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Pem);
        var forge = new TokenForge(clock);
        var set = Jwks.Of(Jwks.Key(forge.KeyId, rsa.ExportParameters(includePrivateParameters: false)));
        var verifier = new TokenVerifier([new TokenIssuer(forge.IssuerName, new FixedKeySource(set), admitted)], clock);
        var token = forge.Session();
        var signed = token[..token.LastIndexOf('.')];
        var signature = rsa.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var result = await verifier.VerifyAsync($"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}", new Entrance(), CancellationToken.None);
        Assert.Equal(expected, result.Succeeded ? null : result.Failure);
    }

    [Fact]
    public void Every_failure_has_a_code_of_its_own()
    {
        var codes = Enum.GetValues<TokenFailure>().Select(failure => failure.ToCode()).ToArray();
        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z]+(-[a-z]+)*$", code));
        Assert.Throws<ArgumentOutOfRangeException>(() => ((TokenFailure)999).ToCode());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
