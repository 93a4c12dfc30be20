using Septim.Hooks.Shell;

namespace Septim.Hooks.Gates.BashRules;

/// <summary>
/// The file and permission rules for the code of other languages. The evaluator says each call as the shell command that does
/// the same; this rule puts them under one name, so that the message speaks of the code.
/// </summary>
internal static class ExecInterpreterFs
{
    public static readonly BashRule Rule = new("exec-interpreter-fs", BashSeverity.Critical)
    {
        Reason = "the code removes or overwrites files outside the project",
        Alternative = "python3 -c \"import shutil; shutil.rmtree('build')\"",
        Denies =
        [
            "python3 -c \"import shutil; shutil.rmtree('/')\"",
            "python3 -c \"import os; os.remove('/etc/passwd')\"",
            "python3 <<'EOF'\nfrom pathlib import Path\nPath('/etc/hosts').write_text('x')\nEOF",
            "node -e \"require('fs').rmSync('/usr', {recursive: true, force: true})\"",
            "ruby -e \"require 'fileutils'; FileUtils.rm_rf('/var')\"",
            "perl -e 'unlink \"/etc/passwd\"'",
            "php -r 'unlink(\"/etc/passwd\");'",
            "awk 'BEGIN{print \"x\" > \"/etc/passwd\"}'",
            "python3 -c \"import shutil, os; shutil.rmtree(os.path.expanduser('~'))\"",
            "python3 -c \"import os; list(map(os.remove, ['/etc/passwd']))\"",
            "find /srv -type f | perl -nle unlink",
            "find / -type f -print0 | perl -n0e unlink",
            "find /srv | ruby -lne 'File.delete $_'",
            "find /srv | python3 -c \"import sys,os; [os.remove(l.strip()) for l in sys.stdin]\"",
            "find /srv | python3 -c \"import sys, pathlib\nfor l in sys.stdin: pathlib.Path(l.strip()).unlink()\"",
            "find /srv | node -e \"require('fs').readFileSync(0, 'utf8').split('\\n').forEach(f => require('fs').unlinkSync(f))\"",
            "python3 -c \"import tarfile; tarfile.open('a.tar').extractall('/etc')\"",
            "python3 -c \"import zipfile; zipfile.ZipFile('a.zip').extractall('/usr')\"",
            "python3 -c \"import shutil; shutil.unpack_archive('a.zip', '/usr')\"",
            "awk 'BEGIN{c=\"rm -rf\"; c=c\" /srv/data\"; system(c)}'",
            "perl -e '&{\"system\"}(\"rm -rf /etc\")'",
            "perl -e '$f=\"system\"; &$f(\"rm -rf /etc\")'",
            "python3 -c \"import operator, os; operator.methodcaller('system', 'rm -rf /etc')(os)\"",
        ],
        Asks =
        [
            "python3 -c \"import os; os.chmod('run.sh', 0o777)\"",
            "find . -name '*.ts' | perl -nle unlink",
            "find . -name '*.ts' | python3 -c \"import sys,os; [os.remove(l.strip()) for l in sys.stdin]\"",
        ],
        Passes =
        [
            "python3 -c \"import shutil; shutil.rmtree('build')\"",
            "python3 -c \"print('rm -rf /')\"",
            "node -e \"fs.rmSync(path.join(__dirname, 'dist'), {recursive: true})\"",
            "node -e \"require('fs').writeFileSync('out.json', '{}')\"",
            "node -e \"console.log('fs.rmSync(/)')\"",
            "python3 -c \"open('/tmp/x', 'w').write('y')\"",
            "ruby -e \"File.delete('tmp/a.log')\"",
            "perl -ne 'print if /unlink/' src/a.pl",
            "awk '{print $1 > \"out.txt\"}' in.txt",
            "find /srv -type f | perl -nle print",
            "find . -name '*.pyc' | perl -nle unlink",
            "ls *.bak | perl -nle unlink",
            "find . -name '*.pyc' | python3 -c \"import sys,os; [os.remove(l.strip()) for l in sys.stdin]\"",
            "find src -name '*.ts' | python3 -c \"import sys; [print(l.strip()) for l in sys.stdin]\"",
            "python3 -c \"import tarfile; tarfile.open('a.tar').extractall()\"",
            "python3 -c \"import zipfile; zipfile.ZipFile('a.zip').extractall('/tmp/x')\"",
            "python3 -c \"import shutil; shutil.unpack_archive('a.zip', 'vendor')\"",
            "awk 'BEGIN{c=\"ls\"; c=c\" src\"; system(c)}'",
            "awk '{c=c\"rm -rf /\"; print c}' x",
            "perl -e '&{\"print\"}(\"rm -rf /etc\")'",
            "perl -e 'my $f=sub { print \"x\" }; $f->(\"rm -rf /\")'",
            "python3 -c \"import tarfile, tempfile; tarfile.open('a.tgz').extractall(tempfile.mkdtemp())\"",
        ],
        Judge = Judge,
    };

    private static BashFinding? Judge(RuleCase at)
    {
        if ((at.Invocation.Reach & Reach.Interpreter) == 0) return null;
        BashFinding? worst = null;
        foreach (var rule in BashRuleList.All)
        {
            if (!rule.Id.StartsWith("fs-", StringComparison.Ordinal) && !rule.Id.StartsWith("perm-", StringComparison.Ordinal)) continue;
            if (at.FindingOf(rule) is not { } finding) continue;
            var severity = finding.Severity ?? rule.Severity;
            if (worst is null || severity > worst.Severity) worst = new BashFinding(severity, "in the code: " + (finding.Why ?? rule.Reason));
        }
        return worst;
    }
}
