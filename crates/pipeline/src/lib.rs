//! Configuration, the parallel run, folders and reports: all that the faces call.
//!
//! The only user of rayon, and the only crate below the binary that opens files. It prints nothing:
//! what is to be said comes back as values, and [`messages`] has the words.

pub mod batch;
pub mod compare;
pub mod compose;
pub mod config;
pub mod desk;
pub mod doctor;
pub mod inbox;
pub mod job;
pub mod messages;
pub mod output;
mod parse;
pub mod pictures;
pub mod plan;
pub mod proof;
pub mod record;
pub mod report;
pub mod service;
pub mod system;
pub mod text;
pub mod time;
pub mod typed;
pub mod worker;
