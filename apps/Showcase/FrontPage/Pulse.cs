namespace Showcase.FrontPage;

/// <summary>Asks each server how it is.</summary>
internal sealed class Pulse(HttpClient http, Neighbourhood neighbourhood)
{
    public async Task<NeighbourhoodState> TakeAsync(CancellationToken cancellationToken) => new(
        neighbourhood.IsLocal,
        await Task.WhenAll(neighbourhood.Services.Select(service => AskAsync(service, cancellationToken))));

    private async Task<ServiceState> AskAsync(ShowcaseService service, CancellationToken cancellationToken) =>
        new(service.Name, service.Summary, service.Url, service.Links, await StatusAsync(service, cancellationToken));

    private async Task<string> StatusAsync(ShowcaseService service, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(service.Url + service.HealthPath), cancellationToken);
            return response.IsSuccessStatusCode ? "up" : $"unwell ({(int)response.StatusCode})";
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return "away";
        }
    }
}
