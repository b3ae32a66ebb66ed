using Gatehouse.Tokens;

namespace Gatehouse.Tests.Tokens;

public sealed class PublishedKeysTests
{
    [Theory]
    [InlineData("sk_test_gatehouse_local", true)]
    [InlineData("ak_gatehouse_local_aither", true)]
    [InlineData("whsec_Z2F0ZWhvdXNlLWxvY2FsLXdlYmhvb2stc2VjcmV0LTE=", true)]
    [InlineData("sk_test_of_somebody_else", false)]
    public void Local_secrets_are_known(string secret, bool known) => Assert.Equal(known, PublishedKeys.Contains(secret));
}
