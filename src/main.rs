//! The program: arguments in, exit code out.

/// Rendering makes and drops many small values on all cores; the system's allocator takes a third of that time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    leitwerk::cli::run()
}
