//! Votes as a matrix, and what is counted in it.

pub mod from_record;
pub mod input;
pub mod pass;
pub mod rows;
pub mod shuffle;
pub mod synthetic;
pub mod tallies;
pub mod vote_matrix;
pub mod weights;

#[cfg(test)]
mod vote_matrix_tests;
