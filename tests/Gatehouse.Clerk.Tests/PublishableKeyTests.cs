namespace Gatehouse.Clerk.Tests;

public sealed class PublishableKeyTests
{
    [Theory]
    [InlineData("pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk", "foo-bar-13.clerk.accounts.dev", true, "nx2hSE6I")]
    [InlineData("pk_test_MTI3LjAuMC4xOjk5OTkk", "127.0.0.1:9999", true, "TX3gkods")]
    [InlineData("pk_live_MTI3LjAuMC4xOjk5OTkk", "127.0.0.1:9999", false, "cIphfggR")]
    public void Key_names_its_instance(string text, string host, bool isDevelopment, string suffix)
    {
        Assert.True(PublishableKey.TryParse(text, out var key));
        Assert.Equal(
            (host, $"https://{host}", isDevelopment, suffix, text),
            (key.FrontendApiHost, key.Issuer, key.IsDevelopment, key.CookieSuffix, key.ToString()));
    }

    [Fact]
    public void Padding_is_accepted_and_counts_for_the_suffix()
    {
        Assert.True(PublishableKey.TryParse("pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA==", out var padded));
        Assert.True(PublishableKey.TryParse("pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA", out var bare));
        Assert.Equal("https://gatehouse-local-1.clerk.accounts.dev", bare.Issuer);
        Assert.Equal(bare.Issuer, padded.Issuer);
        Assert.NotEqual(bare.CookieSuffix, padded.CookieSuffix);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pk_test_")]
    [InlineData("pk_prod_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk")]
    [InlineData("sk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk")]
    [InlineData("pk_test_Zm9v_LWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk")]
    [InlineData("pk_test_bG9jYWxob3N0Ojk5OTkk")]
    [InlineData("pk_test_Zm9vLmJhcg==")]
    [InlineData("pk_test_Zm9vLmJhciQk")]
    [InlineData("pk_test_ZXZpbC5leGFtcGxlL3BhdGgk")]
    [InlineData("pk_test_dXNlckBldmlsLmV4YW1wbGUk")]
    [InlineData("pk_test_%%%")]
    public void Anything_else_is_no_key(string? text)
    {
        Assert.False(PublishableKey.TryParse(text, out var key));
        Assert.Equal("", key.FrontendApiHost);
    }

    [Fact]
    public void Oversized_text_is_no_key() => Assert.False(PublishableKey.TryParse("pk_test_" + new string('A', 100_000), out _));
}
