namespace Septim.Hooks.Setup;

/// <summary>A mistake in a settings file that makes the client drop something without a word.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Key">Its place: <c>hooks.PreToolUse[0].hooks[1].timeout</c>.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="DropsFile">True: the whole file is ignored, its <c>env</c> too. False: that entry alone.</param>
internal sealed record SettingsTrap(int Line, string Key, string Problem, bool DropsFile)
{
    public override string ToString() =>
        $"line {Line}: {Key} {Problem}; the client ignores {(DropsFile ? "the whole file" : "that entry")}";
}
