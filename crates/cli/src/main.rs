//! The binary `jianbao`.

fn main() -> std::process::ExitCode {
    jianbao_cli::main()
}
