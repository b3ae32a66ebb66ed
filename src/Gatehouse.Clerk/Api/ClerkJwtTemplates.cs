using Gatehouse.Clerk.Api.Internal;

namespace Gatehouse.Clerk.Api;

/// <summary>The instance's JWT templates. Every call needs the instance's secret key.</summary>
public sealed class ClerkJwtTemplates
{
    private readonly ClerkTransport _clerk;

    internal ClerkJwtTemplates(ClerkTransport clerk) => _clerk = clerk;

    /// <summary>Reads a template by its id.</summary>
    public Task<JwtTemplate> GetAsync(string templateId, CancellationToken cancellationToken) =>
        _clerk.GetAsync(Path(templateId), _clerk.InstanceSecret, ClerkJson.Default.JwtTemplate, cancellationToken);

    /// <summary>Lists the templates.</summary>
    public IAsyncEnumerable<JwtTemplate> ListAsync(CancellationToken cancellationToken = default) =>
        Paging.WalkAsync(PageAsync, cancellationToken);

    /// <summary>Creates a template.</summary>
    public Task<JwtTemplate> CreateAsync(JwtTemplateRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "v1/jwt_templates", request, cancellationToken);

    /// <summary>Puts a template in place of the one of this id.</summary>
    public Task<JwtTemplate> UpdateAsync(string templateId, JwtTemplateRequest request, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, Path(templateId), request, cancellationToken);

    /// <summary>Deletes a template.</summary>
    public Task DeleteAsync(string templateId, CancellationToken cancellationToken) =>
        _clerk.SendAsync(HttpMethod.Delete, Path(templateId), _clerk.InstanceSecret, cancellationToken);

    private static string Path(string templateId) => $"v1/jwt_templates/{ClerkTransport.Segment(templateId)}";

    private async Task<(IReadOnlyList<JwtTemplate> Items, int Total)> PageAsync(int offset, CancellationToken cancellationToken)
    {
        var query = new QueryText().Add("paginated", true).Add("limit", ClerkTransport.PageSize).Add("offset", offset);
        var page = await _clerk
            .GetAsync($"v1/jwt_templates{query}", _clerk.InstanceSecret, ClerkJson.Default.JwtTemplatePage, cancellationToken)
            .ConfigureAwait(false);
        return (page.Data ?? [], page.TotalCount);
    }

    private Task<JwtTemplate> SendAsync(HttpMethod method, string path, JwtTemplateRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = ClerkTransport.Body(request, ClerkJson.Default.JwtTemplateRequest);
        return _clerk.SendAsync(method, path, _clerk.InstanceSecret, body, ClerkJson.Default.JwtTemplate, cancellationToken);
    }
}
