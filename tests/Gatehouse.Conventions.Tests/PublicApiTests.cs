using System.Globalization;

namespace Gatehouse.Conventions.Tests;

/// <summary>A change of the public surface shows in the same commit, as a changed text file.</summary>
public sealed class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. Project.Under("src").Where(project => project.IsLibrary).Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Public_surface_equals_its_text(string library)
    {
        var project = Project.All.Single(project => project.Name == library);
        Generated.IsCurrent($"{project.Folder}/PublicApi.txt", PublicApi.Of(project.Assembly));
    }

    [Fact]
    public void Members_are_written_as_C_sharp_writes_them() =>
        Assert.Equal(
            [
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T> (sealed class: IDisposable)",
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T>.Dispose(): void",
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T>.Limit: int = 3 (const)",
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T>.Name: string? { get; init; } (required)",
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T>.TryFind(string name, out List<string?>? found, int? at = default): bool (static)",
                "Gatehouse.Conventions.Tests.PublicApiTests.Sample<T>.new()",
            ],
            PublicApi.LinesOf(typeof(Sample<>)).Order(StringComparer.Ordinal));

    private sealed class Sample<T> : IDisposable
    {
        public const int Limit = 3;

        public required string? Name { get; init; }

        public static bool TryFind(string name, out List<string?>? found, int? at = null)
        {
            found = [name, at?.ToString(CultureInfo.InvariantCulture)];
            return true;
        }

        public void Dispose() { }
    }
}
