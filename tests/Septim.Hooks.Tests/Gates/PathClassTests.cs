using Septim.Hooks.Gates.BashRules;
using Septim.Hooks.Shell;
using Septim.Hooks.Tests.Support;

namespace Septim.Hooks.Tests.Gates;

public sealed class PathClassTests
{
    [Theory]
    [InlineData("/", "SystemRoot")]
    [InlineData("//", "SystemRoot")]
    [InlineData("/tmp/..", "SystemRoot")]
    [InlineData("/etc", "System")]
    [InlineData("/tmp/../etc/x", "System")]
    [InlineData("/usr/local/bin", "System")]
    [InlineData("/var/tmp/x", "Temp")]
    [InlineData("/var/log", "System")]
    [InlineData("/var/folders/ab/cdef/T/x", "Temp")]
    [InlineData("/private/tmp/x", "Temp")]
    [InlineData("/private/etc", "System")]
    [InlineData("/tmp", "TempRoot")]
    [InlineData("/tmp/x", "Temp")]
    [InlineData("/dev/shm/x", "Temp")]
    [InlineData("/dev/null", "Nowhere")]
    [InlineData("/dev/sda", "Device")]
    [InlineData("/home/dev", "HomeRoot")]
    [InlineData("/home/other", "HomeRoot")]
    [InlineData("/home/other/x", "Home")]
    [InlineData("/root/x", "Home")]
    [InlineData("/Users/me", "HomeRoot")]
    [InlineData("/home/dev/notes", "Home")]
    [InlineData("..", "HomeRoot")]
    [InlineData(".", "ProjectRoot")]
    [InlineData("src/..", "ProjectRoot")]
    [InlineData("src", "Project")]
    [InlineData("../project2", "Home")]
    [InlineData(".git", "Git")]
    [InlineData("sub/.git/config", "Git")]
    [InlineData(".gitignore", "Project")]
    [InlineData("/data/x", "Outside")]
    [InlineData("C:\\Windows", "System")]
    [InlineData("C:/", "SystemRoot")]
    [InlineData("D:\\data", "Outside")]
    public void A_known_path_lies_where_its_components_lead(string path, string kind) =>
        Assert.Equal(kind, PathClass.Of(Word.Of(path), BashCases.Project, BashCases.Setting(), false).Kind.ToString());

    [Theory]
    [InlineData("/C:/src/app", "C:\\src\\app\\bin", "Project")]
    [InlineData("/C:\\src\\app", "c:/SRC/app/bin", "Project")]
    [InlineData("/c/src/app", "C:\\src\\app\\bin", "Project")]
    [InlineData("/mnt/c/src/app", "C:\\src\\app\\bin\\*", "Project")]
    [InlineData("/C:/src/app", "C:\\src\\app", "ProjectRoot")]
    [InlineData("/C:/src/app", "C:\\src\\app\\", "ProjectRoot")]
    [InlineData("/C:/src/app", "C:\\src\\app\\..", "Outside")]
    [InlineData("/C:/src/app", "C:\\src\\app\\..\\b", "Outside")]
    [InlineData("/C:/src/app", "C:\\src\\app2", "Outside")]
    [InlineData("/C:/src/app", "C:\\src\\app\\.git\\config", "Git")]
    [InlineData("/C:/src/app", "D:\\src\\app\\bin", "Outside")]
    [InlineData("/C:/Users/me", "C:\\Users\\me\\x", "Home")]
    [InlineData("/C:/Users/me/app", "C:\\Users\\me\\app\\x", "Project")]
    [InlineData("/C:/", "C:\\x", "Outside")]
    [InlineData("/C:/Windows", "C:\\Windows\\x", "System")]
    public void On_Windows_the_project_is_known_however_it_is_spelt(string project, string path, string kind) =>
        Assert.Equal(kind, PathClass.Of(Word.Of(path), project, new RuleSetting(new ShellSetting(project, "/C:/Users/me", project)), false).Kind.ToString());

    [Theory]
    [InlineData("rm -rf *", "ProjectRoot")]
    [InlineData("rm -rf .*", "ProjectRoot")]
    [InlineData("rm -rf *.log", "Project")]
    [InlineData("rm -rf /*", "SystemRoot")]
    [InlineData("rm -rf /e*", "SystemRoot")]
    [InlineData("rm -rf /tmp/*", "Temp")]
    [InlineData("rm -rf ~/*", "HomeRoot")]
    [InlineData("rm -rf ~/*.txt", "Home")]
    [InlineData("rm -rf build/$X", "Project")]
    [InlineData("rm -rf ./$X", "Unknown")]
    [InlineData("rm -rf $X/y", "Unknown")]
    [InlineData("rm -rf /tmp/$X", "TempRoot")]
    [InlineData("rm -rf /tmp/a-$X", "Temp")]
    [InlineData("rm -rf /etc/$X", "System")]
    [InlineData("rm -rf $(mktemp -d)", "Temp")]
    public void A_pattern_lies_where_its_known_part_leads(string command, string kind)
    {
        var setting = BashCases.Setting();
        var words = ShellProgram.Evaluate(command, setting.Shell).Invocations[^1].Arguments;
        Assert.Equal(kind, PathClass.Of(words[^1], BashCases.Project, setting, false).Kind.ToString());
    }

    [Fact]
    public void Of_a_link_the_worse_place_counts()
    {
        var setting = BashCases.Setting();
        setting = setting with { Shell = setting.Shell with { Probe = path => path == BashCases.Project + "/link" ? new FileFact(true, false, "/etc") : default } };
        Assert.Equal(PlaceKind.System, PathClass.Of(Word.Of("link"), BashCases.Project, setting, false).Kind);
        Assert.Equal(PlaceKind.System, PathClass.Of(Word.Of("link/passwd"), BashCases.Project, setting, false).Kind);
        Assert.Equal(PlaceKind.Project, PathClass.Of(Word.Of("other"), BashCases.Project, setting, false).Kind);
    }

    [Theory]
    [InlineData("/tmp/a/home", "HomeRoot")]
    [InlineData("/tmp/a", "HomeRoot")]
    [InlineData("/tmp", "HomeRoot")]
    [InlineData("/tmp/b", "Temp")]
    public void A_home_below_temp_is_a_home(string path, string kind)
    {
        var setting = new RuleSetting(new ShellSetting("/work/project", "/tmp/a/home", "/work/project"));
        Assert.Equal(kind, PathClass.Known(path, setting).Kind.ToString());
    }

    [Fact]
    public void A_loop_of_links_ends()
    {
        var setting = BashCases.Setting();
        setting = setting with { Shell = setting.Shell with { Probe = path => path == BashCases.Project + "/a" ? new FileFact(true, false, BashCases.Project + "/a") : default } };
        Assert.Equal(PlaceKind.Project, PathClass.Of(Word.Of("a"), BashCases.Project, setting, false).Kind);
    }

    [Fact]
    public void On_another_machine_nothing_is_in_the_project_and_temp_stays_temp()
    {
        Assert.Equal(PlaceKind.Outside, PathClass.Of(Word.Of("build"), null, BashCases.Setting(), true).Kind);
        Assert.Equal(PlaceKind.Temp, PathClass.Of(Word.Of("/tmp/x"), null, BashCases.Setting(), true).Kind);
    }
}
