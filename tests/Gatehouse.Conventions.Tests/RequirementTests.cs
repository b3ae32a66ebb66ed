namespace Gatehouse.Conventions.Tests;

public sealed class RequirementTests
{
    private static readonly List<Proof> Proofs = [.. Proof.All()];

    [Fact]
    public void The_table_names_every_proof() =>
        Generated.IsCurrent(RequirementTable.File, RequirementTable.WithProofs(Repository.Read(RequirementTable.File), Proofs));

    [Fact]
    public void The_table_holds_each_requirement_once()
    {
        var ids = RequirementTable.Ids(Repository.Read(RequirementTable.File)).ToList();
        Assert.Equal(271, ids.Count);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Only_known_requirements_are_proved()
    {
        var known = RequirementTable.Ids(Repository.Read(RequirementTable.File)).ToHashSet();
        Violations.None(Proofs.Where(proof => !known.Contains(proof.Id)).Select(proof => $"{proof.File}: {proof.Id} is not in {RequirementTable.File}"));
    }

    [Fact]
    public void Every_mark_stands_before_a_test() =>
        Violations.None(Proofs.Where(proof => proof.By is null).Select(proof => $"{proof.File}: no test follows the mark for {proof.Id}"));

    [Fact]
    public void Marks_on_methods_and_classes_are_read()
    {
        const string Text = """
            [Proves("A3")]
            public sealed class CacheTests(Fixture fixture)
            {
                [Theory, Proves("A1", "A2")]
                [InlineData("class of its own")]
                public async Task Token_is_reused(string name)
                {
                }
            }
            """;
        Assert.Equal([new("A3", "`CacheTests`", "f"), new("A1", "`CacheTests.Token_is_reused`", "f"), new("A2", "`CacheTests.Token_is_reused`", "f")], Proof.InCSharp("f", Text));
    }

    [Fact]
    public void Marks_above_JavaScript_tests_are_read() =>
        Assert.Equal(
            [new("G7", "`f`: verifies a token", "f"), new("G8", null, "f")],
            Proof.InJavaScript("f", "// proves: G7\ntest('verifies a token', async () => {\n// proves: G8\nfunction helper() {}\n"));

    [Fact]
    public void Marks_in_pages_become_links() =>
        Assert.Equal([new("A50", "[guide.md](guide.md)", "docs/guide.md")], Proof.InPage("docs/guide.md", "<!-- proves: A50 -->"));

    [Fact]
    public void Only_the_third_column_is_rewritten() =>
        Assert.Equal(
            "| M15 | one \\| two | `T.First`, `T.Second` |\n| M16 | none | — |\n",
            RequirementTable.WithProofs(
                "| M15 | one \\| two | `T.Old` |\n| M16 | none | `T.Old` |\n",
                [new("M15", "`T.Second`", "f"), new("M15", "`T.First`", "f"), new("M15", "`T.First`", "f")]));
}
