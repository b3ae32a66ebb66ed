namespace Gatehouse.Host.Tokens;

/// <summary>Lines of bounded length from a stream. A longer one is passed over without being kept.</summary>
internal sealed class LineReader(Stream input, int longest)
{
    private byte[] _buffer = new byte[Math.Min(longest + 1, 256 * 1024)];
    private int _start, _end;
    private bool _passing, _ended;

    /// <summary>Waits until there is a whole line, and takes all that are whole by then.</summary>
    /// <param name="lines">Receives the lines without their ends, null for one that was too long; good until the next call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there was any.</returns>
    public async ValueTask<bool> ReadAsync(List<ReadOnlyMemory<byte>?> lines, CancellationToken cancellationToken)
    {
        lines.Clear();
        while (lines.Count == 0 && !_ended)
        {
            MakeRoom();
            var read = await input.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                TakeRest(lines);
            }
            else
            {
                TakeWhole(lines, read);
            }
        }

        return lines.Count > 0;
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end < _buffer.Length)
        {
            return;
        }

        if (_end > longest)
        {
            (_passing, _end) = (true, 0);
        }
        else
        {
            Array.Resize(ref _buffer, (int)Math.Min(longest + 1L, _buffer.Length * 2L));
        }
    }

    private void TakeWhole(List<ReadOnlyMemory<byte>?> lines, int read)
    {
        var searched = _end;
        _end += read;
        while (_buffer.AsSpan(searched.._end).IndexOf((byte)'\n') is >= 0 and var found)
        {
            var end = searched + found;
            lines.Add(Take(end));
            _passing = false;
            _start = searched = end + 1;
        }

        if (_passing)
        {
            _start = _end;
        }
    }

    private void TakeRest(List<ReadOnlyMemory<byte>?> lines)
    {
        _ended = true;
        if (_passing || _end > _start)
        {
            lines.Add(Take(_end));
        }
    }

    // Spelled out, because null is also an empty memory to the compiler.
    private ReadOnlyMemory<byte>? Take(int end) =>
        _passing || end - _start > longest ? default(ReadOnlyMemory<byte>?) : _buffer.AsMemory(_start..end);
}
