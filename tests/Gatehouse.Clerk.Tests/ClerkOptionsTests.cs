using Gatehouse.Clerk.Api;
using Gatehouse.Clerk.Keys;
using Gatehouse.Clerk.ServiceTokens;
using Gatehouse.Clerk.Tests.Support;
using Gatehouse.Testbed;
using Gatehouse.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gatehouse.Clerk.Tests;

public sealed class ClerkOptionsTests
{
    [Fact]
    [Proves("A17", "A20", "A21", "A22")]
    public void Clerks_variables_are_read()
    {
        var options = Options(
            ("CLERK_API_URL", "http://localhost:5400"),
            ("CLERK_SECRET_KEY", " sk_test_gatehouse_local "),
            ("CLERK_MACHINE_SECRET_KEY", "ak_gatehouse_local_aither"),
            ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_test_MTI3LjAuMC4xOjk5OTkk"),
            ("CLERK_PROXY_URL", "http://localhost:5400/__clerk"),
            ("CLERK_JWT_KEY", Specimens.Pem()),
            ("CLERK_SERVICE_USER_ID", "user_1"));

        Assert.Equal(
            ("http://localhost:5400", "sk_test_gatehouse_local", "ak_gatehouse_local_aither", "pk_test_MTI3LjAuMC4xOjk5OTkk"),
            (options.ApiUrl, options.SecretKey, options.MachineSecretKey, options.PublishableKey));
        Assert.Equal(("http://localhost:5400/__clerk", "user_1"), (options.ProxyUrl, options.ServiceUserId));
        Assert.NotNull(options.JwtKey);
    }

    [Fact]
    public void Clerks_own_name_wins_over_that_of_the_web_framework() => Assert.Equal(
        "pk_test_MTI3LjAuMC4xOjk5OTkk",
        Options(
            ("CLERK_PUBLISHABLE_KEY", "pk_test_MTI3LjAuMC4xOjk5OTkk"),
            ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_live_MTI3LjAuMC4xOjk5OTkk")).PublishableKey);

    [Fact]
    public void Nothing_set_means_the_real_clerk_and_no_credentials()
    {
        var options = Options(("CLERK_API_URL", ""));

        Assert.Equal(("https://api.clerk.com", null), (options.ApiUrl, options.SecretKey));
    }

    [Fact]
    [Proves("A22", "G22")]
    public void Every_fault_is_named_at_once_with_its_cure_and_without_secrets()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => Options(
            ("CLERK_API_URL", "http://api.example"),
            ("CLERK_SECRET_KEY", "pk_secret-text"),
            ("CLERK_MACHINE_SECRET_KEY", "sk_secret-text"),
            ("CLERK_PUBLISHABLE_KEY", "pk_test_x"),
            ("CLERK_PROXY_URL", "/__clerk"),
            ("CLERK_JWT_KEY", "secret-text"),
            ("CLERK_SERVICE_USER_ID", "aither")));

        Assert.Equal(
            [
                "Property ApiUrl: CLERK_API_URL must be an absolute https address (http only on loopback), without user, query or fragment",
                "Property ProxyUrl: CLERK_PROXY_URL must be an absolute https address (http only on loopback), without user, query or fragment",
                "Property SecretKey: CLERK_SECRET_KEY must be the instance's secret key, which begins with sk_test_ or sk_live_ (Clerk dashboard, API keys)",
                "Property MachineSecretKey: CLERK_MACHINE_SECRET_KEY must be a machine's secret key, which begins with ak_ (Clerk dashboard, Machines)",
                "Property PublishableKey: CLERK_PUBLISHABLE_KEY must be the instance's whole publishable key, which begins with pk_test_ or pk_live_",
                "Property JwtKey: CLERK_JWT_KEY must be the PEM of an RSA public key of 2048 bits or more",
                "Property ServiceUserId: CLERK_SERVICE_USER_ID must be a user's id, which begins with user_",
            ],
            thrown.Failures);
        Assert.DoesNotContain("secret-text", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_live_x", "pk_test_MTI3LjAuMC4xOjk5OTkk", "different instances")]
    [InlineData("sk_test_x", "pk_live_MTI3LjAuMC4xOjk5OTkk", "different instances")]
    [InlineData("sk_test_gatehouse_local", null, "not on this machine")]
    public void Settings_that_do_not_fit_each_other_are_refused(string secret, string? publishable, string fault)
    {
        var thrown = Assert.Throws<OptionsValidationException>(
            () => Options(("CLERK_SECRET_KEY", secret), ("CLERK_PUBLISHABLE_KEY", publishable)));

        Assert.Contains(fault, Assert.Single(thrown.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk_test_x", null, null, "https://api.clerk.com/v1/jwks")]
    [InlineData(null, "https://app.example/__clerk/", null, "https://app.example/__clerk/.well-known/jwks.json")]
    [InlineData(null, null, "pk_test_Zm9vLWJhci0xMy5jbGVyay5hY2NvdW50cy5kZXYk", "https://foo-bar-13.clerk.accounts.dev/.well-known/jwks.json")]
    [InlineData(null, null, null, null)]
    public void Key_set_is_where_the_best_credential_leads(string? secret, string? proxy, string? publishable, string? address) =>
        Assert.Equal(
            address,
            new ClerkOptions { SecretKey = secret, ProxyUrl = proxy, PublishableKey = publishable }.KeySetAddress()?.AbsoluteUri);

    [Theory]
    [InlineData("https://api.clerk.com/v1/")]
    [InlineData("https://api.clerk.com/v1")]
    [InlineData("https://api.clerk.com/")]
    public void Api_address_may_carry_its_version(string address) =>
        Assert.Equal("https://api.clerk.com/", new ClerkOptions { ApiUrl = address }.ApiRoot.AbsoluteUri);

    [Fact]
    public void Pem_makes_keys_that_are_never_downloaded()
    {
        using var services = Services(("CLERK_JWT_KEY", Specimens.Pem()));

        Assert.IsType<FixedKeySource>(services.GetRequiredService<IKeySetSource>());
    }

    [Fact]
    public void Without_any_hint_the_missing_keys_are_named()
    {
        using var services = Services();

        var thrown = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IKeySetSource>());

        Assert.Contains("CLERK_SECRET_KEY", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_clerk_twice_changes_nothing()
    {
        var once = new ServiceCollection().AddClerk();
        var twice = new ServiceCollection().AddClerk().AddClerk();

        Assert.Equal(once.Count, twice.Count);
    }

    [Fact]
    public void Clients_and_key_source_live_as_long_as_the_process()
    {
        using var services = Services(("CLERK_SECRET_KEY", "sk_test_x"));

        Assert.Same(services.GetRequiredService<ClerkBackendClient>(), services.GetRequiredService<ClerkBackendClient>());
        Assert.IsType<ClerkKeySetSource>(services.GetRequiredService<IKeySetSource>());
    }

    [Fact]
    [Proves("A7")]
    public void Service_user_refuses_a_production_key_and_names_the_alternative()
    {
        using var services = Services(("CLERK_SECRET_KEY", "sk_live_x"), ("CLERK_SERVICE_USER_ID", "user_1"));

        var thrown = Assert.Throws<OptionsValidationException>(() => ServiceToken(services, ServiceTokenKind.ServiceUser));

        Assert.Contains("development instances only: use Kind Machine and set CLERK_MACHINE_SECRET_KEY", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk_live_x", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Proves("A17")]
    public void Service_user_is_that_of_the_environment()
    {
        using var services = Services(("CLERK_SECRET_KEY", "sk_test_x"), ("CLERK_SERVICE_USER_ID", "user_1"));

        Assert.Equal("user_1", ServiceToken(services, ServiceTokenKind.ServiceUser).ServiceUserId);
    }

    [Fact]
    public void Service_token_without_credentials_names_what_is_missing()
    {
        using var services = Services();

        Assert.Contains(
            "CLERK_MACHINE_SECRET_KEY",
            Assert.Throws<OptionsValidationException>(() => ServiceToken(services, ServiceTokenKind.Machine)).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<OptionsValidationException>(() => ServiceToken(services, ServiceTokenKind.ServiceUser)).Failures.Count());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(120, false)]
    [InlineData(121, true)]
    [InlineData(900, false)]
    public void Shared_token_must_outlive_what_is_left_unused(int seconds, bool valid)
    {
        using var services = Services(("CLERK_MACHINE_SECRET_KEY", "ak_x"));
        var problem = Record.Exception(() => ServiceToken(services, ServiceTokenKind.Machine, options =>
        {
            options.Format = M2MTokenFormat.Opaque;
            options.MinimumRemaining = TimeSpan.FromSeconds(seconds);
        }));

        Assert.Equal(valid, problem is null);
    }

    private static ClerkOptions Options(params (string Key, string? Value)[] variables)
    {
        using var services = Services(variables);
        return services.GetRequiredService<IOptions<ClerkOptions>>().Value;
    }

    private static ServiceProvider Services(params (string Key, string? Value)[] variables) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(variable => KeyValuePair.Create(variable.Key, variable.Value)))
            .Build())
        .AddClerk()
        .BuildServiceProvider();

    private static ServiceTokenOptions ServiceToken(
        ServiceProvider services, ServiceTokenKind kind, Action<ServiceTokenOptions>? configure = null)
    {
        var collection = new ServiceCollection().AddSingleton(services.GetRequiredService<IConfiguration>());
        collection.AddServiceToken("hemera", options =>
        {
            options.Kind = kind;
            configure?.Invoke(options);
        });
        using var provider = collection.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<ServiceTokenOptions>>().Get("hemera");
    }
}
