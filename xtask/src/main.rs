//! `cargo xtask`: see `cargo xtask help`.

use std::process::ExitCode;

/// Planning and rendering allocate many small things, on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xtask::cli::main()
}
