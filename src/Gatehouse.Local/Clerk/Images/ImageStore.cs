namespace Gatehouse.Local.Clerk.Images;

/// <summary>The pictures that somebody has.</summary>
internal sealed class ImageStore
{
    private readonly Dictionary<string, Image> _byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Image> All => _byId.Values;

    public Image? Find(string id) => _byId.GetValueOrDefault(id);

    public void Add(Image image) => _byId.Add(image.Id, image);

    public void Remove(string id) => _byId.Remove(id);
}
