namespace Septim.Hooks.Transcripts;

/// <summary>One name in a directory. <paramref name="Kind"/> is File, Directory, or Other when only a stat can tell (links).</summary>
internal readonly record struct FileName(string Name, FileKind Kind);
