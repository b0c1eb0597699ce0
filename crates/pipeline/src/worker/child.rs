//! The worker's side: shut in, then one file after the other until the parent closes the pipe.

use std::io::{self, Read, Write};
use std::thread;

use jianbao_read::{Limits, ReadOptions};

use super::protocol::{Answer, FRAME, Greeting, Request, Setup, read_block, receive, send, send_bytes};
use crate::batch::{STACK, THREAD_NAME};
use crate::parse::{self, Task};
use crate::system::{self, Protection};

/// What a suite lets a worker do with the bytes of a file before they are parsed; the program has none.
pub type Hook = fn(&[u8]);

/// Serves the parent at the other ends of standard input and output until it closes them.
pub fn serve(hook: Option<Hook>) -> io::Result<()> {
    let mark = system::mark(&system::program()?)?;
    let setup: Setup = receive(&mut io::stdin().lock())?;
    let mut missing = system::confine(setup.memory);
    // The stack of a program's first thread is not ours to choose.
    let reader = thread::Builder::new().name(format!("{THREAD_NAME}worker")).stack_size(STACK);
    let running = reader.spawn(move || {
        if !system::filter_calls() {
            missing.push(Protection::Seccomp);
        }
        let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
        let greeting = Greeting { version: env!("CARGO_PKG_VERSION").into(), mark, missing };
        send(&mut output, &greeting)?;
        answer_all(&setup, hook, &mut input, &mut output)
    })?;
    running.join().unwrap_or_else(|_| Err(io::Error::other("panic")))
}

fn answer_all(
    setup: &Setup,
    hook: Option<Hook>,
    input: &mut impl Read,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut reading = ReadOptions {
        limits: Limits { file_bytes: setup.file_bytes, ..Limits::default() },
        password: setup.password.clone().map(Into::into),
        identity: None,
    };
    loop {
        let request: Request = match receive(input) {
            Ok(request) => request,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        };
        system::allow_processor_time(request.processor_seconds);
        let bytes = read_block(input, request.length)?;
        reading.identity = Some(request.identity);
        let task = Task {
            kind: setup.kind,
            keep_text: setup.keep_text,
            reading: &reading,
            normalize: &setup.normalize,
        };
        if request.pictures.is_some() {
            answer_pictures(&bytes, &request, task, output)?;
        } else {
            answer_items(bytes, &request, task, hook, output)?;
        }
    }
}

fn answer_items(
    bytes: Vec<u8>,
    request: &Request,
    task: Task<'_>,
    hook: Option<Hook>,
    output: &mut impl Write,
) -> io::Result<()> {
    let parsed = parse::guarded(|| {
        if let Some(hook) = hook {
            hook(&bytes);
        }
        parse::parse(bytes, &request.name, request.folder.as_deref(), task)
    });
    if send(output, &Answer::Parsed(Box::new(parsed)))? {
        return Ok(());
    }
    send(output, &Answer::TooLarge).map(drop)
}

fn answer_pictures(
    bytes: &[u8],
    request: &Request,
    task: Task<'_>,
    output: &mut impl Write,
) -> io::Result<()> {
    let wanted = request.pictures.clone().unwrap_or_default();
    let mut found = jianbao_read::pictures(bytes, &request.name, task.reading, &wanted);
    found.retain(|_, picture| picture.len() <= FRAME);
    send(output, &Answer::Pictures(found.len()))?;
    found.into_values().try_for_each(|picture| send_bytes(output, &picture).map(drop))
}

#[cfg(test)]
mod tests {
    use jianbao_model::{Code, Diagnostic, Origin, SourceId};
    use jianbao_normalize as normalize;

    use super::*;
    use crate::parse::{Kind, Parsed};

    #[test]
    fn a_panic_is_the_answer_of_its_file_and_the_next_is_read() {
        let setup = Setup {
            memory: 1 << 30,
            kind: Kind::Submission,
            keep_text: true,
            file_bytes: 1 << 20,
            password: None,
            normalize: normalize::Config { title_length: 60, ..normalize::Config::default() },
        };
        let (mut input, mut output) = (Vec::new(), Vec::new());
        for text in ["坏", "标题\n正文。\n"] {
            let request = Request {
                name: "a.txt".into(),
                folder: None,
                identity: SourceId::of(text.as_bytes()),
                length: text.len() as u64,
                processor_seconds: 3600,
                pictures: None,
            };
            send(&mut input, &request).expect("a vector takes it");
            input.extend_from_slice(text.as_bytes());
        }
        let hook: Hook = |bytes| assert!(bytes != "坏".as_bytes(), "as the test wants it");
        answer_all(&setup, Some(hook), &mut input.as_slice(), &mut output).expect("all is answered");
        let mut output = output.as_slice();
        let mut next = || match receive(&mut output) {
            Ok(Answer::Parsed(parsed)) => *parsed,
            other => panic!("{other:?}"),
        };
        assert_eq!(next(), Parsed::failed(Diagnostic::new(Code::ReaderPanic, Origin::File)));
        assert_eq!(next().shown.as_deref(), Some("标题\n正文。\n"));
    }
}
