using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>
/// A thread's own buffer for writing JSON. Pages of 500 users are nearly a megabyte each: a new buffer that grows to that size leaves four
/// times as much behind, all of it in large objects.
/// </summary>
internal sealed class JsonScratch : IDisposable
{
    private const int InitialCapacity = 16 * 1024;
    private const int LargestKept = 4 * 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static JsonScratch? _free;

    private readonly ArrayBufferWriter<byte> _buffer = new(InitialCapacity);
    private readonly Utf8JsonWriter _json;

    private JsonScratch() => _json = new Utf8JsonWriter(_buffer, Options);

    public static byte[] Render(Action<Utf8JsonWriter> body)
    {
        var scratch = _free ?? new JsonScratch();
        _free = null;   // what writes the body may render something on its way
        try
        {
            body(scratch._json);
            scratch._json.Flush();
            return scratch._buffer.WrittenSpan.ToArray();
        }
        finally
        {
            scratch.Release();
        }
    }

    public void Dispose() => _json.Dispose();

    private void Release()
    {
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        if (_buffer.Capacity <= LargestKept)
        {
            _free = this;
        }
        else
        {
            Dispose();
        }
    }
}
