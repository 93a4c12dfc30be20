using Septim.Hooks.Shell;
using Septim.Hooks.Shell.Evaluation;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Asks of one path whether a find command may come to act on it: its tests in find's own order of <c>!</c>, and, <c>-o</c>. Null stands
/// for what depends on the file. Source: find's manual (findutils 4.9).
/// </summary>
internal sealed class FindSelection
{
    private readonly Word[] _arguments;
    private readonly string _root;
    private string _path = "";
    private bool _isDirectory;
    private int _at;
    private bool _acts;
    private bool _prunes;

    private FindSelection(Word[] arguments, string root)
    {
        _arguments = arguments;
        _root = root.TrimEnd('/');
    }

    /// <param name="arguments">All of find's.</param>
    /// <param name="shown">The root as it was given: <c>-path</c> looks at names that begin with it.</param>
    /// <param name="root">The same, absolute.</param>
    /// <param name="path">Absolute, below the root or the root itself.</param>
    /// <param name="isDirectory">What the path is.</param>
    public static bool MayAct(Word[] arguments, string shown, string root, string path, bool isDirectory)
    {
        var selection = new FindSelection(arguments, shown);
        var rest = path.AsSpan(root.Length).Trim('/');
        for (var end = 0; end < rest.Length;)
        {
            end++;
            if (end < rest.Length && rest[end] != '/') continue;
            var isWhole = end == rest.Length;
            selection.Look(rest[..end].ToString(), !isWhole || isDirectory);
            if (isWhole) return selection._acts;
            // Why: find does not go into what it prunes.
            if (selection._prunes) return false;
        }
        selection.Look("", true);
        return selection._acts;
    }

    private void Look(string below, bool isDirectory)
    {
        _path = below;
        _isDirectory = isDirectory;
        (_at, _acts, _prunes) = (0, false, false);
        while (_at < _arguments.Length && !(_arguments[_at].StartsWith("-") && _arguments[_at].Text is not ("-H" or "-L" or "-P" or "-O1" or "-O2" or "-O3")) && _arguments[_at].Text is not ("(" or "!")) _at++;
        var isSelected = Either(true);
        // Why: without an action find prints, and whoever reads that acts.
        if (!HasAction()) _acts = isSelected != false;
    }

    private bool HasAction() => Array.Exists(_arguments, static word => word.Text is "-delete" or "-exec" or "-execdir" or "-ok" or "-okdir");

    private string? Text => _at < _arguments.Length ? _arguments[_at].Text : null;

    /// <param name="reached">Null: it may be that find comes here.</param>
    private bool? Either(bool? reached)
    {
        var result = All(reached);
        while (Text is "-o" or "-or" or ",")
        {
            var isList = Text == ",";
            _at++;
            var right = All(isList ? reached : result == true ? false : reached == false ? false : result is null ? null : reached);
            result = isList ? right : result == true || right == true ? true : result is null || right is null ? null : false;
        }
        return result;
    }

    private bool? All(bool? reached)
    {
        bool? result = true;
        while (_at < _arguments.Length && Text is not ("-o" or "-or" or "," or ")"))
        {
            if (Text is "-a" or "-and") { _at++; continue; }
            var next = One(result == false ? false : result is null ? reached == false ? false : null : reached);
            result = result == false || next == false ? false : result is null || next is null ? null : true;
        }
        return result;
    }

    private bool? One(bool? reached)
    {
        var name = _arguments[_at++];
        switch (name.Text)
        {
            case "!" or "-not": return _at < _arguments.Length ? !One(reached) : null;
            case "(":
                var inner = Either(reached);
                if (Text == ")") _at++;
                return inner;
            case "-delete":
                _acts |= reached != false;
                return true;
            case "-exec" or "-execdir" or "-ok" or "-okdir":
                while (_at < _arguments.Length && Text is not (";" or "+")) _at++;
                _at++;
                _acts |= reached != false;
                return null;
            case "-prune":
                _prunes |= reached == true;
                return true;
            case "-fprintf":
                _at += 2;
                return true;
            case "-warn" or "-nowarn" or "-ignore_readdir_race" or "-noignore_readdir_race" or "-print" or "-print0" or "-ls" or "-depth" or "-d" or "-mount" or "-xdev" or "-true": return true;
            case "-false" or "-empty": return false;
            case "-nouser" or "-nogroup" or "-executable" or "-readable" or "-writable" or "-daystart" or "-follow" or "-noleaf" or "-quit": return null;
            default: return Valued(name.Text, _at < _arguments.Length ? _arguments[_at++].Text : null);
        }
    }

    private bool? Valued(string? test, string? value)
    {
        if (value is null) return null;
        var leaf = _path.Length > 0 ? ShellPath.Leaf(_path) : ShellPath.Leaf(_root);
        switch (test)
        {
            case "-name": return leaf is "" ? null : GlobMatch.Matches(leaf, value);
            case "-iname": return leaf is "" ? null : GlobMatch.Matches(leaf.ToLowerInvariant(), value.ToLowerInvariant());
            case "-path" or "-wholename": return GlobMatch.Matches(_path.Length > 0 ? _root + "/" + _path : _root, value);
            case "-type": return value.Contains(',', StringComparison.Ordinal) ? null : value == "d" ? _isDirectory : value is "f" ? !_isDirectory : value is "l" ? null : false;
            case "-maxdepth": return int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var most) ? Depth <= most : null;
            case "-mindepth": return int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var least) ? Depth >= least : null;
            default: return null;
        }
    }

    private int Depth => _path.Length == 0 ? 0 : _path.AsSpan().Count('/') + 1;
}
