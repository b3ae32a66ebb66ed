using System.Text;
using Gatehouse.Webhooks;

namespace Gatehouse.Tests.Webhooks;

public sealed class WebhookSignerTests
{
    private const string SecretA = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string SecretB = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    [Theory]
    [InlineData(SecretA, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData(SecretB, "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553, "{\"email\":\"test@example.com\",\"username\":\"test_user\"}", "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=")]
    [InlineData(SecretA, "msg_empty", 1700000000, "", "v1,LrOGikvEp3ovC4ipwU5sfXzzFy9SMN1tDL3jPPGtLmc=")]
    [InlineData(SecretA, "msg_uni", 1700000000, "{\"name\":\"Zoë 😀\"}", "v1,wKkdoAfsMKysGt7T8miOdG3LHqJffH83rIFeFF9CWY4=")]
    [InlineData(SecretA, "msg_ws", 1700000000, "{ \"a\": 1 }\r\n", "v1,a1iKIL/Vl4s6j75jv70SlXa5bXN9ZMCwYlCzlvniyUM=")]
    [InlineData("whsec_Z2F0ZWhvdXNlLXRlc3Qtc2VjcmV0LTAxMjM0NTY3ODk=", "msg_1", 1700000000, "{\"type\":\"user.created\"}", "v1,5ndtmiyj40jNNbP5AEAgyfgc/ahCMcxEZb3dz7u04wM=")]
    public void Signature_equals_what_the_official_libraries_make(string secret, string id, long timestamp, string body, string signature) =>
        Assert.Equal(signature, WebhookSigner.Sign(Secret(secret), id, timestamp, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void While_a_secret_is_rotated_each_has_its_entry_newest_first() =>
        Assert.Equal(
            "v1,6kLJZE4eAeGL1Oq0gq6ozj9T6Kr6C8HRoKl3actEBUk= v1,sImZP0C8rXzxI4GcJxsd0G6JXAQlLDGkhPCqdjCz7rw=",
            WebhookSigner.Sign([Secret(SecretA), Secret(SecretB)], "msg_rot", 1700000000, "{\"a\":1}"u8));

    [Theory]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Prefix_of_a_secret_is_optional(string text) =>
        Assert.Equal(
            "v1,LrOGikvEp3ovC4ipwU5sfXzzFy9SMN1tDL3jPPGtLmc=",
            WebhookSigner.Sign(Secret(text), "msg_empty", 1700000000, []));

    [Fact]
    public void Padding_of_a_secret_is_optional() =>
        Assert.Equal(
            WebhookSigner.Sign(Secret("whsec_Z2F0ZWhvdXNlLXRlc3Qtc2VjcmV0LTAxMjM0NTY3ODk="), "msg_1", 1, []),
            WebhookSigner.Sign(Secret("Z2F0ZWhvdXNlLXRlc3Qtc2VjcmV0LTAxMjM0NTY3ODk"), "msg_1", 1, []));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_=")]
    [InlineData("whsec_====")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS-")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")]
    [InlineData("whsec_MfKQ 9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_M")]
    public void What_is_no_secret_is_refused(string? text)
    {
        Assert.False(WebhookSecret.TryParse(text, out var secret));
        Assert.Null(secret);
    }

    [Fact]
    public void A_secret_does_not_print_itself() => Assert.Equal("***", $"{Secret(SecretA)}");

    [Fact]
    public void Signing_with_no_secret_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => WebhookSigner.Sign([], "msg_1", 1, "{}"u8));

    private static WebhookSecret Secret(string text)
    {
        Assert.True(WebhookSecret.TryParse(text, out var secret));
        return secret;
    }
}
