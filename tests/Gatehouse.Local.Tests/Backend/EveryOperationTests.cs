using Gatehouse.Local.Tests.Shapes;
using Gatehouse.Testbed;

namespace Gatehouse.Local.Tests.Backend;

/// <summary>Every operation that the local Clerk answers succeeds once, with the status, fields and types of the version.</summary>
[Proves("A8")]
public sealed class EveryOperationTests
{
    /// <summary>A body for each operation that needs one, and the name under which a path's placeholder is found where it is ambiguous.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /clients/verify"] = """{"token":"{client_cookie}"}""",
        ["POST /email_addresses"] = """{"user_id":"{user_id}","email_address":"third@example.com"}""",
        ["POST /email_addresses/{email_address_id}/attempt_verification"] = """{"verification_id":"{email_verification}","code":"424242"}""",
        ["PUT /users/{user_id}/email_address"] = """{"email_address":"only@example.com"}""",
        ["POST /phone_numbers"] = """{"user_id":"{user_id}","phone_number":"+12015550101"}""",
        ["POST /phone_numbers/{phone_number_id}/attempt_verification"] = """{"verification_id":"{phone_verification}","code":"424242"}""",
        ["PUT /users/{user_id}/phone_number"] = """{"phone_number":"+12015550102"}""",
        ["POST /sessions"] = """{"user_id":"{user_id}"}""",
        ["POST /users"] = """{"email_address":["new@example.com"]}""",
        ["POST /users/ban"] = """{"user_ids":["{user_id}"]}""",
        ["POST /users/unban"] = """{"user_ids":["{user_id}"]}""",
        ["POST /users/{user_id}/verify_password"] = """{"password":"a long enough one"}""",
        ["POST /users/{user_id}/verify_totp"] = """{"code":"code-one"}""",
        ["POST /invitations"] = """{"email_address":"new@example.com"}""",
        ["POST /invitations/bulk"] = """[{"email_address":"new@example.com"},{"email_address":"newer@example.com"}]""",
        ["POST /actor_tokens"] = """{"user_id":"{user_id}","actor":{"sub":"{ada}"}}""",
        ["POST /jwt_templates"] = """{"name":"new","claims":{"a":1}}""",
        ["PATCH /jwt_templates/{template_id}"] = """{"name":"mine","claims":{"a":1}}""",
        ["POST /machines"] = """{"name":"worker"}""",
        ["POST /machines/{machine_id}/secret_key/rotate"] = """{"previous_token_ttl":0}""",
        ["POST /machines/{machine_id}/scopes"] = $$"""{"to_machine_id":"{{Local.Clerk.LocalClerkDefaults.ShtetlZmanimMachineId}}"}""",
        ["POST /organizations"] = """{"name":"New"}""",
        ["POST /organizations/{organization_id}/invitations"] = """{"email_address":"new@example.com","role":"org:admin"}""",
        ["POST /organizations/{organization_id}/invitations/bulk"] = """[{"email_address":"new@example.com","role":"org:admin"}]""",
        ["POST /organization_roles"] = """{"name":"New","key":"org:new"}""",
        ["POST /organization_permissions"] = """{"name":"New","key":"org:new:one"}""",
        ["POST /organizations/{organization_id}/memberships"] = """{"user_id":"{lin}","role":"org:member"}""",
        ["PATCH /organizations/{organization_id}/memberships/{user_id}"] = """{"role":"org:admin"}""",
        ["POST /sign_in_tokens"] = """{"user_id":"{user_id}"}""",
        ["POST /oauth_applications"] = """{"name":"New"}""",
        ["POST /oauth_applications/{oauth_application_id}/revoke_token"] = """{"token":"{oauth_token}"}""",
        ["POST /api_keys"] = """{"name":"new key","subject":"{organization_id}"}""",
        ["POST /api_keys/verify"] = """{"secret":"{api_key_secret}"}""",
        ["POST /m2m_tokens/verify"] = """{"token":"{m2m_token}"}""",
        ["POST /oauth_applications/access_tokens/verify"] = """{"access_token":"{oauth_token}"}""",
    };

    /// <summary>What only shows in tests of its own, which need more than one request.</summary>
    private static readonly string[] Elsewhere = ["POST /sessions/{session_id}/refresh"];

    public static TheoryData<string> Operations => [.. ShapeBook.Operations.Select(operation => operation.Name).Except(Elsewhere)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Operation_succeeds_with_the_fields_of_the_version(string name)
    {
        await using var stage = await Stage.SetAsync();
        var operation = ShapeBook.Operations.Single(found => found.Name == name);
        var path = operation.Path
            .Replace("/clients/{client_id}", "/clients/{browser}", StringComparison.Ordinal)
            .Replace("/invitations/{invitation_id}", operation.Path.StartsWith("/organizations", StringComparison.Ordinal) ? "/invitations/{orginv}" : "/invitations/{inv}", StringComparison.Ordinal)
            .Replace("/permissions/{permission_id}", operation.Method == "DELETE" ? "/permissions/{other_permission}" : "/permissions/{permission_id}", StringComparison.Ordinal)
            + (operation.Query.Contains("subject") ? operation.Path == "/m2m_tokens" ? "?subject={machine_id}" : "?subject={user_id}" : "");
        using var machine = name == "POST /m2m_tokens" ? stage.Machine() : null;

        if (operation.Body.Contains("file"))
        {
            await stage.UploadAsync(operation.Method, $"/v1{path}");
            return;
        }

        await stage.DoAsync(operation.Method, $"/v1{path}", Bodies.GetValueOrDefault(name), machine);
        if (operation.IsUnversioned && operation.Method == "GET")
        {
            await stage.DoAsync(operation.Method, path, Bodies.GetValueOrDefault(name), machine);
        }
    }

    [Fact]
    public async Task Shapes_are_known_of_exactly_the_operations_that_are_answered()
    {
        await using var clerk = await RunningClerk.StartAsync();

        var answered = Coverage.Of(clerk.Endpoints).Where(operation => operation.Answered).Select(operation => operation.Published);

        Assert.Equal(
            answered.Select(operation => $"{operation.Method} {operation.Path}").Order(StringComparer.Ordinal),
            ShapeBook.Operations.Select(operation => operation.Name).Order(StringComparer.Ordinal));
    }
}
