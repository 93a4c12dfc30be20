using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>A file that the client loads as instructions, or that is written for it.</summary>
/// <param name="Input">The file.</param>
/// <param name="LoadsAtStart">It is in every context from the first request on.</param>
/// <param name="IsMain">A CLAUDE.md, CLAUDE.local.md or unconditional rule: its size is judged.</param>
internal sealed record InstructionFile(Input Input, bool LoadsAtStart, bool IsMain)
{
    public string Path => Input.Path;
    public string Name => System.IO.Path.GetFileName(Path);
}
