namespace Septim.Hooks.Shell;

/// <summary>A stretch of the command as the client sent it, in UTF-16 units.</summary>
internal readonly record struct Segment(int Offset, int Length)
{
    public string In(string command) => command.Substring(Offset, Length);
}
