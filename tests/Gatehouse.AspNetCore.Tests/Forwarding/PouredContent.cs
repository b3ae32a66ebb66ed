using System.Net;

namespace Gatehouse.AspNetCore.Tests.Forwarding;

/// <summary>A request body of any size that is made as it is sent.</summary>
internal sealed class PouredContent(long size, bool withLength, HashOf digest) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => HashOf.SendAsync(stream, size, digest);

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return withLength;
    }
}
