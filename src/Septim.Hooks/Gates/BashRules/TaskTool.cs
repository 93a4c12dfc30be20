using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// Which framework's tool a command is, behind interpreters and launchers: <c>php -d x=1 artisan …</c>, <c>ddev drush …</c>,
/// <c>pnpm --filter db prisma …</c>. Source: the manuals, November 2026.
/// </summary>
internal static class TaskTool
{
    private const int MaxLaunchers = 4;

    /// <summary>The tool's plain name and the index of its first argument; the name is empty when none is known.</summary>
    public static (string Name, int From) Of(RuleCase at)
    {
        var (name, from) = (at.Name, 0);
        for (var steps = 0; steps < MaxLaunchers; steps++)
        {
            var found = InterpreterValues(name) is { } values ? Script(at, name, from, values) : LauncherValues(name) is { } own ? Launched(at, name, from, own) : (name, from);
            if (found.Item1 == name || found.Item1.Length == 0) return found;
            (name, from) = found;
        }
        return ("", 0);
    }

    /// <summary>The interpreter's options that take a value; null when it is none.</summary>
    private static string? InterpreterValues(string name) => name switch
    {
        "python" or "python3" or "pypy" or "pypy3" => "-W -X -Q --check-hash-based-pycs",
        "php" => "-d -c -z -t -S",
        "node" => "-r --require --import --loader --experimental-loader -C --conditions --env-file --title --inspect-port",
        "ruby" => "-I -r -E -C",
        "deno" => "-c --config",
        _ => null,
    };

    /// <summary>The options of a program that starts another tool of the project by its plain name; null when it is none.</summary>
    private static string? LauncherValues(string name) => name switch
    {
        "yarn" or "pnpm" or "npm" or "bun" => "--filter -F -C --dir --cwd --prefix -w --workspace -r --preload",
        "sail" or "lando" or "ddev" or "spring" or "symfony" or "fin" => "--dir -d -s --service",
        _ => null,
    };

    private static (string, int) Script(RuleCase at, string name, int from, string values)
    {
        for (var i = from; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Text;
            if (text is "-m" && name.StartsWith('p')) return at.Argument(i + 1) is "django" ? ("django-admin", i + 2) : ("", 0);
            if (at.Arguments[i].StartsWith("-")) { if (NameList.Has(values, text ?? "")) i++; continue; }
            var script = ShellPath.Leaf(text ?? "");
            return script is "manage.py" or "artisan" or "console" or "rails" or "rake" or "wp" or "ace" or "ace.js" || IsPackage(script) ? (script, i + 1) : ("", 0);
        }
        return ("", 0);
    }

    private static (string, int) Launched(RuleCase at, string name, int from, string values)
    {
        var isPackage = name is "yarn" or "pnpm" or "npm" or "bun";
        for (var i = from; i < at.Arguments.Length; i++)
        {
            var text = at.Arguments[i].Text ?? "";
            if (text.StartsWith('-')) { if (!(name == "pnpm" && text is "-w" or "-r") && NameList.Has(values, text)) i++; continue; }
            if (isPackage && text is "workspace") { i++; continue; }
            if (text is "run" or "exec" or "x") continue;
            var tool = ShellPath.Leaf(text);
            // Why: any other name is a script of the package file.
            if (isPackage) return IsPackage(tool) || (name == "bun" && tool is "ace" or "ace.js") ? (tool, i + 1) : ("", 0);
            return (tool is "art" or "a" && name == "sail" ? "artisan" : tool, i + 1);
        }
        return ("", 0);
    }

    /// <summary>Migration tools that come as packages of node.</summary>
    private static bool IsPackage(string tool) => tool is "sequelize" or "sequelize-cli" or "prisma" or "knex" or "typeorm" or "typeorm-ts-node-commonjs" or "mikro-orm" or "drizzle-kit" or "hasura" or "supabase"
        or "payload" or "db-migrate" or "medusa" or "migrate-mongo";
}
