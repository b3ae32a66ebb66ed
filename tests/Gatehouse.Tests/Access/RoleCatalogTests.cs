using Gatehouse.Access;
using Gatehouse.Testbed;

namespace Gatehouse.Tests.Access;

public sealed class RoleCatalogTests
{
    private static readonly string[] Service =
        ["read:courses", "read:bookings", "read:participations", "write:participation-results"];

    private static readonly string[] All = [.. Service, "manage:courses", "manage:users"];

    private static readonly RoleCatalog Catalog = new(new Dictionary<string, IEnumerable<string>>
    {
        ["admin"] = All,
        ["api-client"] = Service,
        ["nobody"] = [],
    });

    [Fact]
    [Proves("A29")]
    public void A_role_may_do_what_is_written_and_nothing_else()
    {
        Assert.All(All, permission => Assert.True(Catalog.HasPermission("admin", permission)));
        Assert.All(Service, permission => Assert.True(Catalog.HasPermission("api-client", permission)));
        Assert.All(All.Except(Service), permission => Assert.False(Catalog.HasPermission("api-client", permission)));
        Assert.All(All, permission => Assert.False(Catalog.HasPermission("nobody", permission)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("owner")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData("admin ")]
    [InlineData(" admin")]
    [InlineData("admin\0")]
    [InlineData("org:admin")]
    [InlineData("admin,api-client")]
    [InlineData("аdmin")]
    [InlineData("*")]
    [Proves("A29")]
    public void An_unknown_role_may_do_nothing(string? role)
    {
        Assert.All(All, permission => Assert.False(Catalog.HasPermission(role, permission)));
        Assert.Empty(Catalog.PermissionsOf(role));
    }

    [Theory]
    [InlineData("")]
    [InlineData("read")]
    [InlineData("read:")]
    [InlineData("read:*")]
    [InlineData("*")]
    [InlineData("Read:Courses")]
    [InlineData("read:courses ")]
    [InlineData("read:courses,manage:users")]
    [Proves("A29")]
    public void An_unknown_permission_is_nobodys(string permission)
    {
        Assert.False(Catalog.HasPermission("admin", permission));
        Assert.Throws<ArgumentNullException>(() => Catalog.HasPermission("admin", null!));
    }

    [Fact]
    public void All_that_a_role_may_do_can_be_listed()
    {
        Assert.Equal(["admin", "api-client", "nobody"], Catalog.Roles.Order());
        Assert.Equal(Service.Order(), Catalog.PermissionsOf("api-client").Order());
        Assert.Empty(RoleCatalog.Empty.Roles);
        Assert.False(RoleCatalog.Empty.HasPermission("admin", "read:courses"));
    }

    [Fact]
    public void What_is_given_is_copied()
    {
        var permissions = new List<string> { "read:courses" };
        var catalog = new RoleCatalog([KeyValuePair.Create("reader", permissions.AsEnumerable())]);
        permissions.Add("manage:users");
        Assert.False(catalog.HasPermission("reader", "manage:users"));
    }

    [Theory]
    [InlineData("", "read")]
    [InlineData(" ", "read")]
    [InlineData("reader", "")]
    [InlineData("reader", " ")]
    public void Names_must_not_be_empty(string role, string permission) =>
        Assert.Throws<ArgumentException>(() => new RoleCatalog([KeyValuePair.Create(role, Enumerable.Repeat(permission, 1))]));

    [Fact]
    public void A_role_comes_once()
    {
        var twice = KeyValuePair.Create("reader", Enumerable.Empty<string>());
        Assert.Throws<ArgumentException>(() => new RoleCatalog([twice, twice]));
    }
}
