using Gatehouse.Testbed;
using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class TokenForgeTests
{
    [Fact]
    public void Forges_of_one_number_are_one_instance_and_others_are_others()
    {
        var forge = new TokenForge(TimeProvider.System);
        var same = new TokenForge(TimeProvider.System);
        var other = new TokenForge(TimeProvider.System, instance: 2);

        Assert.Equal("ins_2TestInstance00000000000001", forge.KeyId);
        Assert.Equal("https://test-1.clerk.accounts.dev", forge.IssuerName);
        Assert.Equal(forge.Jwks, same.Jwks);
        Assert.NotEqual(forge.PublicPem, other.PublicPem);
    }

    [Fact]
    public async Task Forged_tokens_of_every_class_are_genuine()
    {
        var clock = new TestClock();
        var forge = new TokenForge(clock);
        var verifier = new TokenVerifier([forge.Issuer], clock);
        var entrance = new Entrance
        {
            Classes = TokenClass.Session | TokenClass.Template | TokenClass.M2M | TokenClass.OAuth,
            MachineId = TokenForge.ReceiverId,
        };

        foreach (var (token, expected) in new[]
        {
            (forge.Session(), TokenClass.Session),
            (forge.Template(), TokenClass.Template),
            (forge.M2M(), TokenClass.M2M),
            (forge.OAuth(), TokenClass.OAuth),
        })
        {
            var result = await verifier.VerifyAsync(token, entrance, CancellationToken.None);
            Assert.Equal((default, expected), (result.Failure, result.Claims?.Class));
        }
    }
}
