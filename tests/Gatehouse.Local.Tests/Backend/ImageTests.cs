using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Images;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Pictures of users, organizations and OAuth applications: taken, told, served, refused and taken away.</summary>
[Proves("A8")]
public sealed class ImageTests
{
    private const string Mary = "/v1/users/{user_id}";
    private const string Lin = "/v1/users/{lin}";
    private const string LinsImage = Lin + "/profile_image";
    private const string Krypton = "/v1/organizations/{krypton}";

    public static TheoryData<string, string, string, string> Owners => new()
    {
        { "POST", LinsImage, Lin, "image_url" },
        { "PUT", Krypton + "/logo", Krypton, "image_url" },
        { "PUT", "/v1/oauth_applications/{oauth_application_id}/logo", "/v1/oauth_applications/{oauth_application_id}", "client_image_url" },
    };

    [Theory]
    [MemberData(nameof(Owners))]
    public async Task Picture_is_served_as_it_was_uploaded(string method, string upload, string read, string told)
    {
        await using var stage = await Stage.SetAsync();

        await stage.UploadAsync(method, upload);

        var owner = (await stage.DoAsync("GET", read)).Json;
        Assert.NotEqual(false, (bool?)owner["has_image"]);
        var address = (string)owner[told]!;
        Assert.StartsWith(stage.Clerk.Address.ToString(), address, StringComparison.Ordinal);
        using var anybody = stage.Clerk.Bare();
        using var picture = await anybody.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("image/png", picture.Content.Headers.ContentType?.ToString());
        Assert.Equal(["nosniff"], picture.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(Pictures.Png, await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var head = await anybody.SendAsync(new HttpRequestMessage(HttpMethod.Head, address), TestContext.Current.CancellationToken);
        Assert.Equal((200, Pictures.Png.Length), ((int)head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task Picture_is_what_its_bytes_are_and_not_what_it_was_called()
    {
        await using var stage = await Stage.SetAsync();

        foreach (var (bytes, type) in new[] { (Pictures.Jpeg, "image/jpeg"), (Pictures.Gif, "image/gif"), (Pictures.WebP, "image/webp") })
        {
            var user = await stage.Clerk.UploadAsync(HttpMethod.Post, stage.Fill(LinsImage), bytes, "image/png");
            using var picture = await stage.Clerk.Http.GetAsync(user.Text("image_url"), TestContext.Current.CancellationToken);
            Assert.Equal(type, picture.Content.Headers.ContentType?.ToString());
        }
    }

    [Fact]
    public async Task New_picture_has_a_new_address_and_the_old_one_is_gone()
    {
        await using var stage = await Stage.SetAsync();
        var before = await stage.UploadAsync("POST", LinsImage);
        stage.Raised();

        var after = await stage.UploadAsync("POST", LinsImage);

        Assert.NotEqual(before.Text("image_url"), after.Text("image_url"));
        Assert.Equal(after.Text("image_url"), after.Text("profile_image_url"));
        Assert.Equal(["user.updated"], stage.Raised());
        Assert.Equal((404, "image_not_found"), await FindAsync(stage, before));
        Assert.Equal(200, (await FindAsync(stage, after)).Status);
    }

    [Theory]
    [InlineData("DELETE", LinsImage)]
    [InlineData("DELETE", Lin)]
    public async Task Picture_is_gone_with_its_deletion_and_with_its_user(string method, string path)
    {
        await using var stage = await Stage.SetAsync();
        var uploaded = await stage.UploadAsync("POST", LinsImage);

        var answer = await stage.DoAsync(method, path);

        Assert.NotEqual(true, (bool?)answer.Json["has_image"]);
        Assert.Equal((404, "image_not_found"), await FindAsync(stage, uploaded));
    }

    [Theory]
    [InlineData("DELETE", Krypton + "/logo")]
    [InlineData("DELETE", Krypton)]
    public async Task Logo_is_gone_with_its_deletion_and_with_its_organization(string method, string path)
    {
        await using var stage = await Stage.SetAsync();
        var uploaded = await stage.UploadAsync("PUT", Krypton + "/logo");

        await stage.DoAsync(method, path);

        Assert.Equal((404, "image_not_found"), await FindAsync(stage, uploaded));
    }

    [Fact]
    public async Task Picture_is_told_wherever_its_owner_is()
    {
        await using var stage = await Stage.SetAsync();
        var user = (await stage.DoAsync("GET", Mary)).Text("image_url");
        var logo = (await stage.DoAsync("GET", "/v1/organizations/{organization_id}")).Text("image_url");

        var membership = (await stage.DoAsync("GET", $"{Mary}/organization_memberships")).Json["data"]![0]!;
        await stage.DoAsync("POST", "/v1/jwt_templates", """{"name":"faces","claims":{"a":"{{user.image_url}}","b":"{{user.has_image}}","c":"{{org.image_url}}","d":"{{org.has_image}}"}}""");
        var session = await stage.Clerk.SessionAsync(stage["user_id"], stage["organization_id"]);
        var token = await ReadToken.VerifiedAsync(stage.Clerk, (await stage.DoAsync("POST", $"/v1/sessions/{session}/tokens/faces")).Text("jwt"));

        Assert.Equal((user, true), ((string?)membership["public_user_data"]!["image_url"], (bool)membership["public_user_data"]!["has_image"]!));
        Assert.Equal((logo, true), ((string?)membership["organization"]!["image_url"], (bool)membership["organization"]!["has_image"]!));
        Assert.Equal((user, true, logo, true), (token.Text("a"), (bool)token.Claims["b"]!, token.Text("c"), (bool)token.Claims["d"]!));
    }

    [Fact]
    public async Task Image_that_is_there_can_be_given_to_another_user()
    {
        await using var stage = await Stage.SetAsync();
        var id = (await stage.DoAsync("GET", Mary)).Text("image_url").Split('/')[^1];

        var lin = await stage.DoAsync("PATCH", Lin, $$"""{"profile_image_id":"{{id}}"}""");
        await stage.DoAsync("DELETE", Mary);

        Assert.True((bool)lin.Json["has_image"]!);
        Assert.Equal(200, (await FindAsync(stage, lin)).Status);
    }

    [Fact]
    public async Task Pictures_survive_a_snapshot()
    {
        await using var stage = await Stage.SetAsync();
        var user = await stage.DoAsync("GET", Mary);
        var snapshot = (await stage.DoAsync("POST", "/_local/snapshots")).Text("id");
        await stage.DoAsync("POST", "/_local/reset");
        Assert.Equal((404, "image_not_found"), await FindAsync(stage, user));

        await stage.DoAsync("POST", $"/_local/snapshots/{snapshot}/restore");

        Assert.Equal(200, (await FindAsync(stage, user)).Status);
    }

    [Theory]
    [InlineData(Image.MostBytes, 200, null)]
    [InlineData(Image.MostBytes + 1, 413, "image_too_large")]
    [InlineData(Image.MostBytes * 2, 413, "image_too_large")]
    public async Task Picture_has_ten_megabytes_at_most(int length, int status, string? code)
    {
        await using var stage = await Stage.SetAsync();
        var bytes = new byte[length];
        Pictures.Png.CopyTo(bytes, 0);

        var answer = await stage.Clerk.UploadAsync(HttpMethod.Post, stage.Fill(LinsImage), bytes, "image/png");

        Assert.Equal((status, code), (answer.Status, answer.Status == 200 ? null : answer.Code));
    }

    [Theory]
    [InlineData("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>", 400, "request_body_invalid", "image/svg+xml")]
    [InlineData("text/html", "<script>alert(1)</script>", 400, "request_body_invalid", "text/html")]
    [InlineData("image/png", "<script>alert(1)</script>", 400, "request_body_invalid", "could not be decoded")]
    [InlineData(null, "", 400, "request_body_invalid", "could not be decoded")]
    public async Task What_is_no_picture_is_refused_and_leaves_the_one_before(string? type, string content, int status, string code, string told)
    {
        await using var stage = await Stage.SetAsync();
        var before = await stage.UploadAsync("POST", LinsImage);

        var answer = await stage.Clerk.UploadAsync(HttpMethod.Post, stage.Fill(LinsImage), Encoding.UTF8.GetBytes(content), type);

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Contains(told, answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await FindAsync(stage, before)).Status);
    }

    [Fact]
    public async Task Form_without_a_file_or_with_a_stranger_in_it_is_refused()
    {
        await using var stage = await Stage.SetAsync();

        var without = await stage.Clerk.UploadAsync(HttpMethod.Put, stage.Fill(Krypton + "/logo"), null, null, ("uploader_user_id", stage["ada"]));
        var strange = await stage.Clerk.UploadAsync(HttpMethod.Put, stage.Fill(Krypton + "/logo"), Pictures.Png, "image/png", ("colour", "red"));

        var text = await stage.Clerk.UploadAsync(HttpMethod.Put, stage.Fill(Krypton + "/logo"), null, null, ("file", "a picture"));

        Assert.Equal((400, "form_param_missing"), (without.Status, without.Code));
        Assert.Equal((400, "form_param_missing"), (text.Status, text.Code));
        Assert.Equal((422, "form_param_unknown", "colour"), (strange.Status, strange.Code, strange.Parameter));
    }

    [Theory]
    [InlineData("application/json", 415)]
    [InlineData("multipart/form-data", 400)]
    [InlineData("multipart/form-data; boundary=x", 400)]
    public async Task Body_of_another_form_is_refused(string type, int status)
    {
        await using var stage = await Stage.SetAsync();
        using var content = new StringContent("--y\r\nnot a form");
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);

        var answer = await Answer.OfAsync(stage.Clerk.Http.PostAsync(stage.Fill(LinsImage), content, TestContext.Current.CancellationToken));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData(Krypton + "/logo")]
    [InlineData("/v1/oauth_applications/{oauth_application_id}/logo")]
    public async Task Uploader_must_be_somebody(string path)
    {
        await using var stage = await Stage.SetAsync();

        var taken = await stage.UploadAsync("PUT", path, "uploader_user_id", "{ada}");
        var refused = await stage.Clerk.UploadAsync(HttpMethod.Put, stage.Fill(path), Pictures.Png, "image/png", ("uploader_user_id", "user_2nobody"));

        Assert.Equal(200, taken.Status);
        Assert.Equal((404, "resource_not_found"), (refused.Status, refused.Code));
    }

    private static async Task<(int Status, string? Code)> FindAsync(Stage stage, Answer owner)
    {
        using var anybody = stage.Clerk.Bare();
        using var found = await anybody.GetAsync(owner.Text("image_url"), TestContext.Current.CancellationToken);
        var body = await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)found.StatusCode, found.IsSuccessStatusCode ? null : (string?)JsonNode.Parse(body)!["errors"]![0]!["code"]);
    }
}
