using Septim.Hooks.Transcripts;

namespace Septim.Hooks.Spend;

/// <summary>Which warnings were given, so that each is given once. May be lost: then one is given again.</summary>
internal sealed class WarningMarks(IFileSystem files, string stateDirectory)
{
    /// <summary>True the first time for this subject and mark, when that could be noted.</summary>
    public bool FirstTime(string subject, string mark)
    {
        var folder = Path.Combine(stateDirectory, "warned");
        var file = Path.Combine(folder, StateName.Of($"{subject}\n{mark}"));
        return files.Stat(file).Kind == FileKind.Missing && files.CreateDirectory(folder) && files.Replace(file, "1"u8);
    }
}
