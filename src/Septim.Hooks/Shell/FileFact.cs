namespace Septim.Hooks.Shell;

/// <summary>What the caller found at a path. <paramref name="LinkTarget"/> is absolute, and null when it is no link.</summary>
internal readonly record struct FileFact(bool Exists, bool IsDirectory, string? LinkTarget);
