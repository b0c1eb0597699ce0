//! One reader in a process of its own, driven by `scripts/peers/compare`.
//!
//! Usage: `jianbao-peers TOOL`. Each line of the input is `MILLISECONDS ITERATIONS PATH`: read the file
//! so many times, or until the time is over, whichever is later. Each line of the answer is `ok` with
//! the nanoseconds of the iterations, or `failed` with a reason.

mod tools;

use std::io::{BufRead, Write};
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use tools::{Tool, tool};

/// Iterations that a slow file gets where the time is over.
const FEWEST: usize = 3;
/// How many times its time a slow file may take for the sake of more iterations.
const PATIENCE: u32 = 4;

fn main() {
    let name = std::env::args().nth(1).unwrap_or_default();
    let Some(tool) = tool(&name) else {
        eprintln!("usage: jianbao-peers TOOL, one of: {}", tools::NAMES.join(" "));
        std::process::exit(2);
    };
    // A peer that panics is an answer; its message would only stand between the answers.
    std::panic::set_hook(Box::new(|_| {}));
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = line.map_err(|error| error.to_string()).and_then(|line| answer(tool, &line));
        let line = match answer {
            Ok(times) => {
                times.iter().fold("ok".to_owned(), |line, time| format!("{line} {}", time.as_nanos()))
            }
            Err(reason) => format!("failed {}", reason.replace('\n', " ")),
        };
        // Nobody listens any more: there is nobody to tell either.
        if writeln!(output, "{line}").and_then(|()| output.flush()).is_err() {
            break;
        }
    }
}

/// Measures what one line of the input asks for.
fn answer(tool: Tool, line: &str) -> Result<Vec<Duration>, String> {
    let mut words = line.splitn(3, ' ');
    let mut number = || words.next().and_then(|word| word.parse::<u32>().ok()).ok_or("no number");
    let (milliseconds, iterations) = (number()?, number()?);
    let path = words.next().ok_or("no path")?;
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let budget = Duration::from_millis(milliseconds.into());
    let measured = catch_unwind(|| measure(tool, &bytes, budget, iterations as usize));
    measured.unwrap_or_else(|_| Err("panic".to_owned()))
}

/// The time of each iteration after a first one that warms up and says whether the file is readable.
fn measure(tool: Tool, bytes: &[u8], budget: Duration, iterations: usize) -> Result<Vec<Duration>, String> {
    if !tool(bytes)? {
        return Err("no text".to_owned());
    }
    let mut times = Vec::new();
    let start = Instant::now();
    let wants_more = |done: usize| {
        let spent = start.elapsed();
        let wanted = spent < budget || done < iterations;
        done < FEWEST || wanted && spent < budget * PATIENCE
    };
    while wants_more(times.len()) {
        let begun = Instant::now();
        std::hint::black_box(tool(std::hint::black_box(bytes))?);
        times.push(begun.elapsed());
    }
    Ok(times)
}
