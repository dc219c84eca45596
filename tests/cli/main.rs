//! The command line, run as a person or a script runs it: the real binary in a home of its own.

mod asking;
mod damage;
mod documents;
mod home;
mod library;
mod moving;
mod streams;
