using System.Text.Json.Nodes;

namespace Gatehouse.Local.Tests.Webhooks;

public sealed class EventShapesTests
{
    private const string Whole = """
        {"object":"event","type":"user.deleted","timestamp":1,"instance_id":"ins_1",
         "event_attributes":{"http_request":{"client_ip":"127.0.0.1","user_agent":""}},
         "data":{"object":"user","id":"user_1","deleted":true}}
        """;

    [Fact]
    public void A_whole_event_has_no_fault() => Assert.Empty(EventShapes.Faults(JsonNode.Parse(Whole)!));

    [Theory]
    [InlineData("\"deleted\":true", "\"deleted\":1", "data.deleted: 1 is no boolean")]
    [InlineData(",\"deleted\":true", "", "data.deleted is missing")]
    [InlineData("\"deleted\":true", "\"deleted\":true,\"gone\":1", "data.gone is not documented")]
    [InlineData("\"timestamp\":1", "\"timestamp\":1.5", "event.timestamp: 1.5 is no integer")]
    [InlineData("\"client_ip\":\"127.0.0.1\"", "\"client_ip\":null", "event.event_attributes.http_request.client_ip: null is no string")]
    public void What_differs_is_told_with_its_place(string from, string to, string fault) =>
        Assert.Equal([fault], EventShapes.Faults(JsonNode.Parse(Whole.Replace(from, to, StringComparison.Ordinal))!));
}
