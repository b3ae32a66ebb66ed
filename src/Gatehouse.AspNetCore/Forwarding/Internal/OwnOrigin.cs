using Gatehouse.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>As which origin this app has tokens minted: the one it was told, or a party of its entrance.</summary>
internal sealed class OwnOrigin
{
    private readonly ForwardingOptions _options;
    private string[] _parties = [];

    public OwnOrigin(ForwardingOptions options) => _options = options;

    /// <summary>Takes the parties of the entrance that leads to the endpoint.</summary>
    public void Learn(EntranceOptions entrance) => _parties = [.. entrance.AuthorizedParties];

    public bool CanBeKnown => _options.Origin is not null || _parties.Length > 0;

    /// <returns>Null if the request came in at an address that is no party. It is the caller who names it, and so it only ever chooses from the list.</returns>
    public string? Of(HttpRequest request)
    {
        if (_options.Origin is { } told)
        {
            return told;
        }

        if (_parties is [var only])
        {
            return only;
        }

        var came = $"{request.Scheme}://{request.Host.Value}";
        return Array.Find(_parties, party => string.Equals(party, came, StringComparison.OrdinalIgnoreCase));
    }
}
