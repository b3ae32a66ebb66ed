using Gatehouse.Tokens;
using Microsoft.Extensions.Options;

namespace Gatehouse.AspNetCore.Tests;

public sealed class StartTests
{
    [Fact]
    public async Task Every_wrong_setting_is_named_at_the_start()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => EdgeApp.StartAsync(settings:
        [
            ("Gatehouse:MachineId", "not-a-machine"),
            ("Gatehouse:AuthorizedParties:0", "https://app.example.com/"),
            ("Gatehouse:TrustTemplateRole", "true"),
            ("Gatehouse:Skew", "00:05:00"),
            ("Gatehouse:Machines:mch_1:Role", "no-such-role"),
            ("Gatehouse:RoleClaim", ""),
            ("Gatehouse:TemplateClaim", ""),
            ("Gatehouse:MaximumLifetimes:Template", "00:00:00"),
            ("CLERK_API_URL", "http://clerk.example.com"),
            ("CLERK_PUBLISHABLE_KEY", null),
        ]));
        var message = string.Join('\n', Messages(refused));
        Assert.Contains("MachineId: must be a machine's id", message, StringComparison.Ordinal);
        Assert.Contains("'https://app.example.com/' is no origin", message, StringComparison.Ordinal);
        Assert.Contains("TrustTemplateRole: needs TemplateClaim or Audiences", message, StringComparison.Ordinal);
        Assert.Contains("RoleClaim: must name a claim", message, StringComparison.Ordinal);
        Assert.Contains("TemplateClaim: must name a claim, or be left out", message, StringComparison.Ordinal);
        Assert.Contains("MaximumLifetimes: must be more than zero", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_PUBLISHABLE_KEY is needed", message, StringComparison.Ordinal);
        Assert.Contains("Skew: must be 0 to 60 seconds", message, StringComparison.Ordinal);
        Assert.Contains("machine mch_1 needs a Role that exists", message, StringComparison.Ordinal);
        Assert.Contains("CLERK_API_URL", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Machine_tokens_are_not_taken_by_a_receiver_that_does_not_know_itself()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(settings: [("Gatehouse:MachineId", null)]));
        Assert.Contains("set Gatehouse:MachineId", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenClass.None)]
    [InlineData(TokenClass.Handshake)]
    public async Task An_entrance_takes_only_what_it_can_verify(TokenClass classes) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(entrance => entrance.Classes = classes));

    [Fact]
    public async Task An_app_that_cannot_know_whose_tokens_to_take_does_not_start()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeApp.StartAsync(settings: [("CLERK_PUBLISHABLE_KEY", null)]));
        Assert.Contains("CLERK_PUBLISHABLE_KEY is needed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_keys_do_not_start_outside_development()
    {
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => EdgeApp.StartAsync(settings:
            [("CLERK_PUBLISHABLE_KEY", "pk_test_Z2F0ZWhvdXNlLWxvY2FsLTEuY2xlcmsuYWNjb3VudHMuZGV2JA")]));
        Assert.Contains("anybody can sign with them", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Messages(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Messages),
        OptionsValidationException options => options.Failures,
        _ => [exception.Message],
    };
}
