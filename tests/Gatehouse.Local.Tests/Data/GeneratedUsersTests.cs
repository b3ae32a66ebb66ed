using Gatehouse.Local.Clerk.Data.Generation;
using Gatehouse.Local.Clerk.Users;

namespace Gatehouse.Local.Tests.Data;

public sealed class GeneratedUsersTests
{
    private const int Million = 1_000_000;

    private static readonly int[] Numbers =
        [0, 1, 2, 999, 4_998, 4_999, 5_000, 5_001, 99_999, 499_979, 999_999, .. Enumerable.Range(0, 500).Select(step => step * 1_997)];

    [Fact]
    public void The_same_seed_gives_the_same_users_however_many_there_are()
    {
        var (few, many) = (new GeneratedUsers(1_000, 7), new GeneratedUsers(Million, 7));

        Assert.All(Enumerable.Range(0, 1_000), number => Assert.Equal(few[number].Id, many[number].Id));
        Assert.All(Enumerable.Range(0, 1_000), number => Assert.Equal(few[number].EmailAddress, many[number].EmailAddress));
        Assert.DoesNotContain(Enumerable.Range(0, 1_000), number => new GeneratedUsers(1_000, 8)[number].Id == few[number].Id);
    }

    [Fact]
    public void Users_of_the_default_seed_stay_what_they_are_from_version_to_version()
    {
        var first = new GeneratedUsers(10, 1)[0].Make();

        Assert.Equal("user_37dEedmKTIFWCpeEgPH816QTic9", first.Id);
        Assert.Equal("idn_37dEeh9XQUImVTpzSHpNR4nEkgY", first.PrimaryEmailAddressId);
        Assert.Equal("malik.vogel.0+clerk_test@example.com", first.EmailAddresses[0].Address);
        Assert.Equal((1767224644943L, 1767225323503L, 1767225357766L), (first.CreatedAt, first.LastSignInAt, first.LastActiveAt));
    }

    [Fact]
    public void A_number_follows_from_all_that_is_a_users_own()
    {
        var users = new GeneratedUsers(Million, 1);

        Assert.All(Numbers, number =>
        {
            var user = users[number];
            Assert.Equal(number, users.Find(user.Id));
            Assert.Equal(number, users.FindByIdentification(user.EmailAddressId));
            Assert.Equal(number, users.FindByEmailAddress(user.EmailAddress.ToUpperInvariant()));
            Assert.Equal(number, users.FindByUsername(user.Username));
            Assert.Equal(number, users.FindByExternalId(user.ExternalId));
            Assert.Matches(@"\Auser_[0-9A-Za-z]{27}\z", user.Id);
            Assert.Null(IdentifierCheck.Expected(IdentifierKind.EmailAddress, user.EmailAddress));
            Assert.Null(IdentifierCheck.Expected(IdentifierKind.Username, user.Username));
        });
    }

    [Fact]
    public void What_only_looks_like_a_generated_users_own_is_nobodys()
    {
        var users = new GeneratedUsers(1_000, 1);
        var (outside, user) = (new GeneratedUsers(Million, 1)[1_000], users[5]);

        Assert.All([outside.Id, user.Id.Replace("user_", "idn_", StringComparison.Ordinal), user.Id[..^1], user.Id + "0", user.Id[..^1] + "!", "user_", ""],
            id => Assert.Null(users.Find(id)));
        Assert.All([outside.EmailAddress, "x" + user.EmailAddress, user.EmailAddress.Replace(".5+", ".05+", StringComparison.Ordinal), "+clerk_test@example.com", ""],
            address => Assert.Null(users.FindByEmailAddress(address)));
        Assert.All([outside.Username, "_5", "5", user.Username + "0"], name => Assert.Null(users.FindByUsername(name)));
        Assert.All([outside.ExternalId, "generated-05", "GENERATED-5", "5", "generated--5"], id => Assert.Null(users.FindByExternalId(id)));
    }

    [Fact]
    public void Later_numbers_were_made_earlier_and_all_of_ten_million_within_twelve_years()
    {
        var users = new GeneratedUsers(GeneratedUsers.Most, 3);
        var last = long.MaxValue;
        foreach (var number in Enumerable.Range(0, 20_000).Concat([GeneratedUsers.Most - 2, GeneratedUsers.Most - 1]))
        {
            var user = users[number];
            Assert.True(user.CreatedAt / 1000 < last / 1000, $"{number}");
            Assert.True(user.LastSignInAt is null || (user.LastSignInAt >= user.CreatedAt && user.LastActiveAt >= user.LastSignInAt && user.LastActiveAt < GeneratedUsers.End), $"{number}");
            last = user.CreatedAt;
        }

        Assert.InRange(last, GeneratedUsers.End - (12L * 365 * 24 * 3600 * 1000), GeneratedUsers.End);
        Assert.Equal(GeneratedUsers.Most - 1, users.Find(users[GeneratedUsers.Most - 1].Id));
    }

    [Fact]
    public void How_many_come_before_a_moment_is_what_counting_says()
    {
        var users = new GeneratedUsers(6_000, 1);
        var random = new Random(4);
        foreach (var number in Enumerable.Range(0, 300).Select(_ => random.Next(6_000)).Append(0).Append(5_999))
        {
            var at = users.CreatedAt(number);
            Assert.Equal(number, users.CountBefore(at, users[number].Id));
            Assert.Equal(number, users.CountBefore(at, "user_zzz"));
            Assert.Equal(number + 1, users.CountBefore(at, "user_0"));
            Assert.Equal(number, users.CountBefore(at + 1, ""));
            Assert.Equal(number + 1, users.CountBefore(at - 1, "user_zzz"));
        }

        Assert.Equal((0, 6_000), (users.CountBefore(GeneratedUsers.End, ""), users.CountBefore(0, "")));
    }
}
