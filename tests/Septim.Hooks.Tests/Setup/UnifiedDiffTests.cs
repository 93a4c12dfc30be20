using Septim.Hooks.Setup;

namespace Septim.Hooks.Tests.Setup;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Equal_texts_have_none() => Assert.Equal("", UnifiedDiff.Of("a", "b", "x\n", "x\n"));

    [Fact]
    public void Shows_three_lines_around_a_change() =>
        Assert.Equal(
            "--- a\n+++ b\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+and more\n 6\n 7\n 8\n",
            UnifiedDiff.Of("a", "b", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\nand more\n6\n7\n8\n9\n"));

    [Fact]
    public void Changes_far_apart_are_hunks_of_their_own() =>
        Assert.Equal(
            "--- a\n+++ b\n@@ -1,4 +1,3 @@\n-1\n 2\n 3\n 4\n@@ -8,3 +7,4 @@\n 8\n 9\n 10\n+11\n",
            UnifiedDiff.Of("a", "b", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n"));

    [Fact]
    public void Says_when_the_last_line_has_no_end() =>
        Assert.Equal("--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n", UnifiedDiff.Of("a", "b", "x", "x\n"));

    [Fact]
    public void A_new_file_starts_at_line_0() =>
        Assert.Equal("--- /dev/null\n+++ b\n@@ -0,0 +1,1 @@\n+x\n", UnifiedDiff.Of("/dev/null", "b", "", "x\n"));
}
