using Microsoft.AspNetCore.Http;

namespace Gatehouse.AspNetCore.Revocations.Internal;

/// <summary>A request that can be cut off from outside for as long as it lasts. The server uses its context again for another one.</summary>
internal sealed class OpenStream(HttpContext context) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isOver;

    /// <returns>Whether this call did it.</returns>
    public bool TryCut()
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            _isOver = true;
            context.Abort();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
        }
    }
}
