using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Instance;

/// <summary>What the instance says about itself.</summary>
internal static class InstanceOperations
{
    public static void Map(ClerkRoutes routes) => routes.Get("/instance", Tell);

    private static ClerkAnswer Tell(ClerkCall call) => ClerkAnswer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "instance");
        json.WriteString("id", LocalClerkDefaults.InstanceId);
        json.WriteString("environment_type", "development");
        json.WriteNull("allowed_origins");
        json.WriteNull("workspace_id");
        json.WriteEndObject();
    });
}
