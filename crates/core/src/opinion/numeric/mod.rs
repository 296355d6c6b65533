//! Arithmetic that knows no votes: points, matrices, statistics, lanes, threads.

pub mod anderson;
pub mod compare;
pub mod eigen;
pub mod geometry;
pub mod significance;
pub mod simd;
pub mod work;
