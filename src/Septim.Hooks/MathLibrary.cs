using System.Runtime;
using System.Runtime.CompilerServices;

namespace Septim.Hooks;

/// <summary>
/// The C library's mathematical functions, found when the first of them is called. Linked to in the usual way, libm is mapped, relocated
/// and given back by every process: a seventh of what C <c>true</c> costs, and no hook calculates a sine. Linked in place of the
/// functions themselves on Linux like <see cref="RuntimeStart"/>; the results are those of libm.
/// </summary>
internal static unsafe class MathLibrary
{
    /// <summary>RTLD_LAZY of dlfcn.h.</summary>
    private const int Lazy = 1;

    private static nint
        s_acos, s_acosh, s_asin, s_asinh, s_atan, s_atanh, s_atan2, s_cbrt, s_cos, s_cosh,
        s_exp, s_fmod, s_log, s_log10, s_log2, s_pow, s_sin, s_sinh, s_tan, s_tanh;

    [RuntimeExport("__wrap_acos")]
    private static double Acos(double x) => Function(ref s_acos, "acos"u8)(x);

    [RuntimeExport("__wrap_acosh")]
    private static double Acosh(double x) => Function(ref s_acosh, "acosh"u8)(x);

    [RuntimeExport("__wrap_asin")]
    private static double Asin(double x) => Function(ref s_asin, "asin"u8)(x);

    [RuntimeExport("__wrap_asinh")]
    private static double Asinh(double x) => Function(ref s_asinh, "asinh"u8)(x);

    [RuntimeExport("__wrap_atan")]
    private static double Atan(double x) => Function(ref s_atan, "atan"u8)(x);

    [RuntimeExport("__wrap_atanh")]
    private static double Atanh(double x) => Function(ref s_atanh, "atanh"u8)(x);

    [RuntimeExport("__wrap_atan2")]
    private static double Atan2(double y, double x) => FunctionOfTwo(ref s_atan2, "atan2"u8)(y, x);

    [RuntimeExport("__wrap_cbrt")]
    private static double Cbrt(double x) => Function(ref s_cbrt, "cbrt"u8)(x);

    [RuntimeExport("__wrap_cos")]
    private static double Cos(double x) => Function(ref s_cos, "cos"u8)(x);

    [RuntimeExport("__wrap_cosh")]
    private static double Cosh(double x) => Function(ref s_cosh, "cosh"u8)(x);

    [RuntimeExport("__wrap_exp")]
    private static double Exp(double x) => Function(ref s_exp, "exp"u8)(x);

    [RuntimeExport("__wrap_fmod")]
    private static double Fmod(double x, double y) => FunctionOfTwo(ref s_fmod, "fmod"u8)(x, y);

    [RuntimeExport("__wrap_log")]
    private static double Log(double x) => Function(ref s_log, "log"u8)(x);

    [RuntimeExport("__wrap_log10")]
    private static double Log10(double x) => Function(ref s_log10, "log10"u8)(x);

    [RuntimeExport("__wrap_log2")]
    private static double Log2(double x) => Function(ref s_log2, "log2"u8)(x);

    [RuntimeExport("__wrap_pow")]
    private static double Pow(double x, double y) => FunctionOfTwo(ref s_pow, "pow"u8)(x, y);

    [RuntimeExport("__wrap_sin")]
    private static double Sin(double x) => Function(ref s_sin, "sin"u8)(x);

    [RuntimeExport("__wrap_sinh")]
    private static double Sinh(double x) => Function(ref s_sinh, "sinh"u8)(x);

    [RuntimeExport("__wrap_tan")]
    private static double Tan(double x) => Function(ref s_tan, "tan"u8)(x);

    [RuntimeExport("__wrap_tanh")]
    private static double Tanh(double x) => Function(ref s_tanh, "tanh"u8)(x);

    private static delegate*<double, double> Function(ref nint function, ReadOnlySpan<byte> name) =>
        (delegate*<double, double>)(function != 0 ? function : function = Find(name));

    private static delegate*<double, double, double> FunctionOfTwo(ref nint function, ReadOnlySpan<byte> name) =>
        (delegate*<double, double, double>)(function != 0 ? function : function = Find(name));

    private static nint Find(ReadOnlySpan<byte> name)
    {
        fixed (byte* library = "libm.so.6"u8, symbol = name)
        {
            // Why zero is good: without that library, as with musl, they are functions of libc, and zero stands for all that is loaded.
            var function = FindSymbol(Open(library, Lazy), symbol);
            if (function == 0) Abort();
            return function;
        }
    }

    [RuntimeImport("*", "dlopen"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint Open(byte* file, int mode);

    [RuntimeImport("*", "dlsym"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern nint FindSymbol(nint library, byte* symbol);

    [RuntimeImport("*", "abort"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void Abort();
}
