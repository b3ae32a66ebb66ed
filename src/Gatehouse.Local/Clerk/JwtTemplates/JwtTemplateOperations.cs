using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gatehouse.Local.Clerk.Data;
using Gatehouse.Local.Clerk.Errors;
using Gatehouse.Local.Clerk.Http;
using Gatehouse.Local.Clerk.Tokens;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>Listing, creating, reading, replacing and deleting JWT templates.</summary>
internal sealed partial class JwtTemplateOperations(ClerkWorld world)
{
    public void Map(ClerkRoutes routes) => routes
        .Get("/jwt_templates", List)
        .Post("/jwt_templates", Create)
        .Get("/jwt_templates/{template_id}", call => Find(call, Tell))
        .Patch("/jwt_templates/{template_id}", call => Find(call, template => Update(call, template)))
        .Delete("/jwt_templates/{template_id}", call => Find(call, Delete));

    private ClerkAnswer List(ClerkCall call)
    {
        var paginated = call.Query.Flag("paginated") == true;
        var page = call.Query.Page();
        if (call.Query.Faults() is { } faults)
        {
            return faults;
        }

        var templates = new Ordering("created_at", Descending: true)
            .Of(world.Data.Templates.All, template => template.CreatedAt, template => template.Id);
        return ClerkAnswer.Ok(json =>
        {
            if (paginated)
            {
                ListJson.WritePage(json, page.Of(templates), world.Data.Templates.All.Count, JwtTemplateJson.Write);
            }
            else
            {
                ListJson.WriteArray(json, templates, JwtTemplateJson.Write);
            }
        });
    }

    private ClerkAnswer Create(ClerkCall call)
    {
        var now = world.Clock.NowMilliseconds;
        var template = new JwtTemplate
        {
            Id = world.Ids.Next("jtmp_"),
            Name = "",
            Claims = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
        var refusal = Apply(call.Form, template);
        if (refusal is not null)
        {
            return refusal;
        }

        world.Data.Templates.Add(template);
        return Tell(template);
    }

    private ClerkAnswer Update(ClerkCall call, JwtTemplate template) => Apply(call.Form, template) ?? Tell(template);

    private ClerkAnswer Delete(JwtTemplate template)
    {
        world.Data.Templates.Remove(template);
        return ListJson.Deleted("jwt_template", template.Id);
    }

    private ClerkAnswer? Apply(FormReader form, JwtTemplate template)
    {
        var name = form.RequiredText("name");
        if (name.Length > 0 && !NamePattern.IsMatch(name))
        {
            form.Refuse(ParameterErrors.FormatInvalid("name", "letters, digits, hyphens and underscores"));
        }
        else if (world.Data.Templates.FindByName(name) is { } holder && holder != template)
        {
            form.Refuse(ParameterErrors.Duplicate("name"));
        }

        var claims = ReadClaims(form);
        var lifetime = form.Integer("lifetime", TokenLifetime.Minimum, TokenLifetime.Maximum);
        var skew = form.Integer("allowed_clock_skew", 0, TokenLifetime.MaximumClockSkew);
        var signer = TemplateSignerForm.Read(form);
        if (form.Faults() is { } faults)
        {
            return faults;
        }

        (template.Name, template.Claims, template.Signer) = (name, claims, signer);
        template.Lifetime = lifetime ?? TokenLifetime.Default;
        template.AllowedClockSkew = skew ?? TokenLifetime.DefaultClockSkew;
        template.UpdatedAt = world.Clock.NowMilliseconds;
        return null;
    }

    private static JsonObject ReadClaims(FormReader form)
    {
        form.Require("claims");
        var claims = form.Object("claims") ?? [];
        if (ReservedClaims.FindInTemplate(claims) is { } reserved)
        {
            form.Refuse(reserved);
        }

        return claims;
    }

    private ClerkAnswer Find(ClerkCall call, Func<JwtTemplate, ClerkAnswer> found) =>
        world.Data.Templates.Find(call.Route("template_id")) is { } template
            ? found(template)
            : ClerkErrors.NotFound("JWT template", call.Route("template_id"));

    private static ClerkAnswer Tell(JwtTemplate template) => ClerkAnswer.Ok(json => JwtTemplateJson.Write(json, template));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern { get; }
}
