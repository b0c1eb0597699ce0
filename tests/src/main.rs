//! The binary `jianbao`, built for the suites of this package.

fn main() -> std::process::ExitCode {
    jianbao_cli::main()
}
