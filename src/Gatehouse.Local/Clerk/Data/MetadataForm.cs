using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Data;

/// <summary>Reads a change of a metadata field out of a request. A result that is too large is a fault of the request.</summary>
internal static class MetadataForm
{
    /// <summary>What is there, with what is given merged into it.</summary>
    public static JsonObject Merge(FormReader form, string name, JsonObject current)
    {
        if (form.Object(name) is not { } change)
        {
            return current;
        }

        var merged = current.DeepClone().AsObject();
        Metadata.Merge(merged, change);
        return Checked(form, name, merged);
    }

    /// <summary>What is given, or what is there when nothing is.</summary>
    public static JsonObject Replace(FormReader form, string name, JsonObject current) =>
        form.Object(name) is { } given ? Checked(form, name, given) : current;

    private static JsonObject Checked(FormReader form, string name, JsonObject metadata)
    {
        if (Metadata.IsTooLarge(metadata))
        {
            form.Refuse(ParameterErrors.TooLong(name, Metadata.MaximumLength));
        }

        return metadata;
    }
}
