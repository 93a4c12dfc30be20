namespace Septim.Hooks.Tests;

public sealed class CauseTests
{
    [Fact]
    public void Says_it_in_words_whether_or_not_the_program_carries_the_texts_of_the_base_library()
    {
        Assert.Equal("permission denied", Cause.Of(new UnauthorizedAccessException("UnauthorizedAccess_IODenied_Path, /x")));
        Assert.Equal("no such file or directory", Cause.Of(new FileNotFoundException("IO_FileNotFound_FileName, /x")));
        Assert.Equal("no such file or directory", Cause.Of(new DirectoryNotFoundException()));
        Assert.Equal("no space left", Cause.Of(new IOException("no space left")));
        Assert.Equal("septim.json:3: x", Cause.Of(new HookFault("septim.json:3: x")));
        if (OperatingSystem.IsLinux()) Assert.Equal("File exists", Cause.Of(new IOException("IO_FileExists_Name, /x", 17)));
    }
}
