namespace Septim.Hooks.Shell;

/// <summary>Option tables of tools that more than one place reads. From curl 8.9, wget 1.24, rsync 3.3 and coreutils 9.5.</summary>
internal static class ToolTables
{
    public static readonly OptionTable Curl = new(
        "#0123469aA:b:Bc:C:d:D:e:E:fF:gGhH:iIjJkK:lLm:MnNo:OpP:qQ:r:RsSt:T:u:U:vVw:x:X:y:Y:z:Z",
        "output= remote-name remote-name-all data= data-ascii= data-binary= data-raw= data-urlencode= form= form-string= header= user-agent= user= cookie= cookie-jar= cacert= capath= cert= key= config= connect-timeout= max-time= dump-header= referer= get head include insecure json= location max-redirs= netrc netrc-file= noproxy= output-dir= proxy= proxy-user= range= request= resolve= retry= retry-delay= retry-max-time= show-error silent stderr= socks5= socks5-hostname= tlsv1.2 trace= trace-ascii= unix-socket= upload-file= url= url-query= verbose version write-out= help=? fail create-dirs compressed ciphers= interface= limit-rate= mail-from= mail-rcpt= proto= proto-default= pinnedpubkey= doh-url= dns-servers= aws-sigv4= oauth2-bearer= time-cond= continue-at= krb= ftp-port= quote= speed-limit= speed-time= parallel parallel-max=");

    public static readonly OptionTable Wget = new(
        "a:A:bB:cdD:e:EFhHi:I:kKl:LmnNo:O:pP:qQ:rR:St:T:U:vVw:xX:",
        "output-document= directory-prefix= output-file= append-output= input-file= post-data= post-file= body-data= body-file= method= header= user-agent= referer= user= password= http-user= http-password= load-cookies= save-cookies= timeout= tries= wait= quota= spider quiet no-check-certificate recursive level= accept= reject= domains= execute= config= certificate= private-key= ca-certificate= base= continue no-clobber timestamping mirror help version limit-rate= proxy-user= proxy-password= rejected-log= default-page= secure-protocol= bind-address= max-redirect=");

    public static readonly OptionTable Rsync = new(
        "vqcarRbudlLkKHpAXEogDtNOJSnWxe:B:T:yzhPf:F0C46iM:@:m",
        "rsh= rsync-path= delete delete-before delete-during delete-delay delete-after delete-excluded del remove-source-files dry-run list-only exclude= exclude-from= include= include-from= filter= files-from= backup-dir= suffix= chmod= chown= usermap= groupmap= max-delete= max-size= min-size= partial-dir= temp-dir= compare-dest= copy-dest= link-dest= compress-level= skip-compress= block-size= modify-window= log-file= log-file-format= out-format= password-file= port= address= sockopts= bwlimit= timeout= contimeout= info= debug= protocol= iconv= checksum-seed= early-input= remote-option= stderr= stop-after= stop-at= outbuf= archive verbose progress stats help version");

    /// <summary>git's options before its subcommand.</summary>
    public static readonly OptionTable Git = new(
        "C:c:hvpP",
        "git-dir= work-tree= namespace= exec-path=? config-env= super-prefix= attr-source= list-cmds= paginate no-pager bare no-replace-objects no-optional-locks no-lazy-fetch no-advice literal-pathspecs glob-pathspecs noglob-pathspecs icase-pathspecs html-path man-path info-path help version")
    { StopsAtOperand = true };

    public static readonly OptionTable Copy = new(
        "abdfgiHlLnPprRsSt:TuvxZm:o:cCD",
        "target-directory= suffix= backup=? mode= owner= group= context=? preserve=? no-preserve= reflink=? sparse=? update=? archive force interactive no-clobber recursive symbolic link no-target-directory verbose help version strip-program= directory compare");
}
