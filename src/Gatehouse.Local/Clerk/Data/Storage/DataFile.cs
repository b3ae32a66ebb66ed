using System.Text.Json;

namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>
/// The file that the state survives a restart in: a line that describes it, and a line with the data. It is replaced as a whole, so a
/// process that dies leaves the old one or the new one; and it is held while the process runs, so two do not write it in turns.
/// </summary>
internal sealed class DataFile : IDisposable
{
    private readonly FileStream _held;

    /// <exception cref="InvalidOperationException">The file is another process's, or its folder cannot be written.</exception>
    public DataFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        try
        {
            _held = new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The data file {Path} cannot be held: {fault.Message} Is another local Clerk running with it?", fault);
        }
    }

    public string Path { get; }

    /// <summary>What the file holds; null when there is none yet.</summary>
    /// <exception cref="InvalidOperationException">It is no data file, of another version, or damaged. It is left as it is.</exception>
    public StoredState? Load()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        ReadOnlyMemory<byte> content;
        try
        {
            content = File.ReadAllBytes(Path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Refused(fault.Message, fault);
        }

        var end = content.Span.IndexOf((byte)'\n');
        var header = ReadHeader(end < 0 ? content.Span : content.Span[..end]);
        var data = end < 0 ? default : content[(end + 1)..].TrimEnd("\n"u8);
        return header.Describes(data.Span)
            ? new StoredState(data, header.ClockOffsetSeconds, header.Runs)
            : throw Refused("it is damaged: what it holds is not what its first line describes", null);
    }

    /// <exception cref="IOException">It could not be written. What was there is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Save(StoredState state, long savedAt)
    {
        var temporary = Path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;   // it holds secrets, if only local ones
        }

        using (var file = new FileStream(temporary, options))
        {
            file.Write(JsonSerializer.SerializeToUtf8Bytes(DataFileHeader.Of(state, savedAt), EntityJson.Options));
            file.WriteByte((byte)'\n');
            file.Write(state.Data.Span);
            file.WriteByte((byte)'\n');
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, Path, overwrite: true);
    }

    /// <summary>The refusal of what the file holds.</summary>
    public InvalidOperationException Refused(string reason, Exception? fault) => new(
        $"The data file {Path} cannot be used: {reason}. It was left as it is; move it away, or set LocalClerk:DataFile to another path.",
        fault);

    public void Dispose() => _held.Dispose();

    private DataFileHeader ReadHeader(ReadOnlySpan<byte> line)
    {
        DataFileHeader? header;
        try
        {
            header = JsonSerializer.Deserialize<DataFileHeader>(line, EntityJson.Options);
        }
        catch (JsonException fault)
        {
            throw Refused("its first line is not that of a local Clerk's data", fault);
        }

        return header switch
        {
            not { Format: DataFileHeader.Name } => throw Refused("its first line is not that of a local Clerk's data", null),
            { Version: not DataFileHeader.Current } => throw Refused(
                $"it has version {header.Version}, and this local Clerk reads version {DataFileHeader.Current}", null),
            _ => header,
        };
    }
}
