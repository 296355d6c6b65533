//! Groups of people who stand close together, and the letters that they keep.

pub mod assignment;
pub mod clustering;
pub mod continuity;
pub mod grid;
pub mod grouping;
pub mod points;
pub mod silhouette;

#[cfg(test)]
mod clustering_tests;
