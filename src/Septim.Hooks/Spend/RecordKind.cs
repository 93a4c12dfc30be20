namespace Septim.Hooks.Spend;

/// <summary>What a <see cref="UsageRecord"/> stands for.</summary>
internal enum RecordKind : byte
{
    /// <summary>One response, over all files of the scope.</summary>
    Response,

    /// <summary>One extra pass inside a response: advisor, compaction, unknown.</summary>
    Pass,

    /// <summary>What one file says about a response that several files repeat.</summary>
    FileCopy,

    /// <summary>A tool call: only its identity matters.</summary>
    ToolUse,
}
