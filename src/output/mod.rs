//! Takes reports and findings, gives bytes: one file for each format. It decides nothing and leaves files and
//! terminal to the command line.

pub mod json;
pub mod tables;
pub mod text;
