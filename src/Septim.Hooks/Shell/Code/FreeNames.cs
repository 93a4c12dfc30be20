namespace Septim.Hooks.Shell.Code;

/// <summary>Which names are variables that the code itself does not explain, and no words or modules of the language.</summary>
internal static class FreeNames
{
    public static bool Has(CodeLanguage language, string name)
    {
        if (name.Length == 0 || CodeText.IsMark(name[0])) return false;
        switch (language)
        {
            case CodeLanguage.Perl or CodeLanguage.Php:
                return name[0] is '$' or '@' or '%' && name is not ("$_ENV" or "$_SERVER" or "$ENV" or "%ENV" or "$argv" or "$argc" or "$ARGV" or "@ARGV" or "$0" or "$!" or "$@" or "$this" or "$stdout" or "$stderr" or "$_GET" or "$_POST" or "$$");
            case CodeLanguage.Python:
                return (char.IsAsciiLetterLower(name[0]) || name[0] == '_') && !IsPython(name);
            case CodeLanguage.JavaScript:
                return (char.IsAsciiLetterLower(name[0]) || name[0] is '_' or '$') && !IsJavaScript(name);
            case CodeLanguage.Ruby:
                return (char.IsAsciiLetterLower(name[0]) || name[0] is '_' or '@') && !IsRuby(name);
            default:
                return false;
        }
    }

    private static bool IsPython(string name) => name is "print" or "len" or "str" or "int" or "float" or "bool" or "dict" or "list" or "set" or "tuple" or "sorted" or "reversed" or "enumerate" or "zip" or "map" or "filter" or "sum" or "any" or "all"
        or "min" or "max" or "open" or "range" or "type" or "isinstance" or "getattr" or "hasattr" or "setattr" or "vars" or "id" or "hash" or "repr" or "format" or "input" or "iter" or "next" or "super" or "self" or "cls" or "abs" or "round" or "ord" or "chr"
        or "bytes" or "bytearray" or "exec" or "eval" or "compile" or "globals" or "locals" or "dir" or "exit" or "quit" or "callable" or "os" or "sys" or "json" or "re" or "subprocess" or "shutil" or "pathlib" or "glob" or "time" or "datetime" or "math" or "random"
        or "requests" or "app" or "db" or "logging" or "logger" or "log" or "with" or "class" or "pass" or "break" or "continue" or "global" or "nonlocal" or "async" or "del" or "assert" or "except" or "finally" or "__name__" or "frozenset" or "hex" or "oct" or "bin"
        or "complex" or "divmod" or "pow" or "slice" or "object" or "property" or "memoryview" or "isalpha" or "e" or "err" or "exc" or "is" or "in" or "as" or "from" or "import" or "operator" or "functools" or "itertools";

    private static bool IsJavaScript(string name) => name is "console" or "process" or "require" or "module" or "exports" or "global" or "globalThis" or "window" or "document" or "fetch" or "eval" or "parseInt" or "parseFloat" or "isNaN" or "setTimeout" or "setInterval"
        or "setImmediate" or "queueMicrotask" or "undefined" or "null" or "true" or "false" or "this" or "fs" or "path" or "os" or "util" or "crypto" or "child_process" or "http" or "https" or "url" or "performance" or "import" or "async" or "function" or "class" or "export" or "default"
        or "in" or "of" or "e" or "err" or "error" or "void" or "delete" or "catch" or "finally" or "switch" or "case" or "break" or "continue" or "structuredClone" or "encodeURIComponent" or "decodeURIComponent" or "extends" or "static" or "super" or "debugger" or "with" or "i" or "from" or "as"
        or "execSync" or "exec" or "spawn" or "spawnSync" or "execFile" or "execFileSync" or "rimraf" or "axios" or "del" or "shell" or "shelljs" or "execa" or "fse" or "fsp" or "promises";

    private static bool IsRuby(string name) => name is "puts" or "p" or "print" or "pp" or "require" or "require_relative" or "system" or "exec" or "spawn" or "lambda" or "proc" or "loop" or "raise" or "nil" or "true" or "false" or "self" or "rand" or "sleep" or "format" or "sprintf"
        or "method" or "binding" or "end" or "class" or "module" or "def" or "do" or "begin" or "rescue" or "ensure" or "case" or "when" or "next" or "break" or "redo" or "retry" or "super" or "in" or "e" or "err" or "warn" or "abort" or "exit" or "send" or "catch" or "throw" or "load" or "eval"
        or "attr_accessor" or "attr_reader" or "include" or "extend" or "private" or "public" or "gets" or "readline" or "readlines" or "open" or "printf" or "putc" or "trap" or "at_exit" or "fork" or "test" or "then" or "unless" or "if" or "rm_rf" or "rm_r" or "rm" or "sh";
}
