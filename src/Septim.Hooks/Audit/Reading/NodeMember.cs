namespace Septim.Hooks.Audit.Reading;

/// <summary>One key of a map, with where the key stands.</summary>
internal sealed record NodeMember(string Key, Node Value, int Line);
