using CsCheck;

namespace Septim.Hooks.Tests.Shell;

public sealed class PropertyTests
{
    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char[' ', '~'], Gen.OneOf('\'', '"', '\\', '$', '`', '\n', '*', '{', '}', ',', '~', '#', 'é', '漢', '\t', '!')).Array[0, 12].Select(c => new string(c));

    private static readonly Gen<int> Style = Gen.Int[0, 3];

    [Fact]
    public void A_word_quoted_in_any_way_is_that_word() =>
        Gen.Select(AnyText, Style.Array[12]).Sample((text, styles) =>
        {
            var reading = Reading.Of("x " + Quote(text, styles) + " end");
            Assert.Null(reading.Gap);
            // Why not guesses: a text that names a program is also read as what the unknown x may run.
            var arguments = Assert.Single(reading.Invocations, invocation => !invocation.IsGuess).Arguments;
            Assert.Equal(2, arguments.Length);
            Assert.Equal(text, arguments[0].Text);
            Assert.False(arguments[0].HasGlob);
        }, iter: 3000);

    [Fact]
    public void A_program_name_quoted_in_any_way_is_that_program() =>
        Style.Array[12].Sample(styles => Assert.Equal("git reset --hard", Reading.Last($"{Quote("git", styles)} {Quote("reset", styles)} {Quote("--hard", styles)}")), iter: 500);

    [Fact]
    public void Wrapping_keeps_what_is_inside() =>
        Gen.Int[0, Wraps.Length - 1].Array[1, 4].Sample(picks =>
        {
            var command = "rm -rf /x";
            foreach (var pick in picks) command = Wraps[pick](command);
            var reading = Reading.Of(command);
            if (reading.Breach is { } breach)
            {
                // Why fine: some wraps open two or three levels at once, and beyond ten the command is refused as it stands.
                Assert.Equal("10 levels of nested code", breach);
                return;
            }
            Assert.True(reading.Invocations.Any(i => Reading.Say(i) == "rm -rf /x"), command);
        }, iter: 1500);

    [Fact]
    public void Quoting_into_data_hides_everything() =>
        Gen.Select(Gen.Int[0, Datas.Length - 1], Gen.Int[0, Wraps.Length - 1].Array[0, 2]).Sample((data, picks) =>
        {
            var command = "rm -rf /x";
            foreach (var pick in picks) command = Wraps[pick](command);
            Assert.DoesNotContain(Reading.Of(Datas[data](command)).Invocations, i => i.Name == "rm");
        }, iter: 1500);

    [Fact]
    public void Any_text_has_one_reading() =>
        Soup.Sample(text =>
        {
            var first = Reading.Of(text);
            var second = Reading.Of(text);
            Assert.Equal(first.Breach, second.Breach);
            Assert.Equal(first.Gap, second.Gap);
            Assert.Equal(first.Invocations.Select(Reading.Say), second.Invocations.Select(Reading.Say));
            Assert.All(first.Invocations, i => Assert.InRange(i.Segment.Offset + i.Segment.Length, 0, text.Length));
        }, iter: int.TryParse(Environment.GetEnvironmentVariable("SEPTIM_FUZZ_ITERATIONS"), out var given) ? given : 5000);

    /// <summary>Tokens that mean something to a shell, in any order.</summary>
    private static readonly Gen<string> Soup = Gen.OneOf(
        "a", "rm -rf /", " ", " ", "\n", ";", "&", "|", "&&", "||", "(", ")", "((", "))", "{ ", "}", "$(", "`", "${", "$((", "<(", ">(", "'", "\"", "$'", "\\", "#", "!", "if ", "then ", "else ", "fi", "for x in ", "do ", "done", "while ", "case ", "in ", "esac", ";;", "function f ", "f() ", "[[ ", "]]",
        "<<E\n", "E\n", "<<'E'\n", "<<-E\n", "<<<", "<", ">", ">>", "2>&1", "&>", "{fd}>", "=", "A=", "A=(", "$A", "${A:-", "${A%", "${A/", "${!A}", "${#A}", "$@", "$1", "{a,b}", "{1..9}", "*", "?", "[a-z]", "~", "~/", "eval ", "bash -c ", "sudo ", "xargs ", "find . -exec ", "env -S ", "source ", "exec ", "trap ", "coproc ", "time ", "set -- ", "read x", "printf '%s' ", "echo ", "cd ", "cat ", "git -c alias.x=!", "ssh h ", "base64 -d", "tr a b", "alias a=", "declare -n ", "unset ", "shift", "\\\n", "é", "\u0000", "-", "+", "%", ",", "..", "@(", "let i++", "python3 -c ", "awk ", "parallel ", "crontab -", "make -f -", "/dev/fd/3", "3<", ">&3", "IFS=:;")
        .Array[0, 40].Select(string.Concat);

    private static readonly Func<string, string>[] Wraps =
    [
        c => "sudo " + Simple(c), c => "env A=1 " + Simple(c), c => "timeout 5 " + Simple(c), c => "nice -n 3 " + Simple(c), c => "nohup " + Simple(c), c => "bash -c " + One(c), c => "sh -lc " + One(c), c => "eval " + One(c), c => "echo " + One(c) + " | sh",
        c => $"bash <<'END{c.Length}'\n{c}\nEND{c.Length}\n", c => "bash <<< " + One(c), c => "eval \"$(echo " + One(c) + " | cat)\"", c => "ssh h " + One(c), c => "su -c " + One(c), c => "xargs sh -c " + One(c), c => "( " + c + "\n)", c => "{ " + c + "\n}", c => "f() { " + c + "\n}; f", c => "if a; then " + c + "\nfi", c => "for i in 1 2; do " + c + "\ndone",
        c => "x && " + c, c => "X=" + One(c) + "; eval \"$X\"", c => "docker exec c sh -c " + One(c), c => "watch " + One(c), c => "echo \"$(" + c + "\n)\"", c => "find . -exec sh -c " + One(c) + " \\;", c => "trap " + One(c) + " EXIT", c => "cat <(" + c + "\n)", c => "git -c alias.z=" + One("!" + c + " #") + " z", c => "env -S " + One("bash -c " + One(c)),
    ];

    private static readonly Func<string, string>[] Datas =
    [
        c => "echo " + One(c), c => "printf '%s\\n' " + One(c), c => "grep -rn " + One(c) + " .", c => "git commit -m " + One(c), c => "cat <<'EOT'\n" + c + "\nEOT\n", c => "git commit -F - <<'EOT'\n" + c + "\nEOT\n", c => "X=" + One(c) + "; echo \"$X\"", c => "echo " + One(c) + " > notes.md", c => "tee notes.md <<< " + One(c), c => "bash -n -c " + One(c), c => "gh pr create --body " + One(c),
    ];

    /// <summary>A prefix takes a simple command; every other becomes one by way of a shell.</summary>
    private static string Simple(string command)
    {
        string[] heads = ["rm ", "sudo ", "env ", "timeout ", "nice ", "nohup ", "bash -c", "sh -lc", "ssh ", "su ", "docker ", "watch "];
        return heads.Any(h => command.StartsWith(h, StringComparison.Ordinal)) ? command : "bash -c " + One(command);
    }

    private static string One(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Quote(string text, int[] styles)
    {
        if (text.Length == 0) return "''";
        var quoted = "";
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            quoted += styles[i % styles.Length] switch
            {
                0 => One(c.ToString()),
                1 when c != '\n' => "\\" + c,
                2 => "\"" + (c is '"' or '\\' or '$' or '`' ? "\\" : "") + c + "\"",
                3 when c < 128 => $"$'\\x{(int)c:x2}'",
                _ => One(c.ToString()),
            };
        }
        return quoted;
    }
}
