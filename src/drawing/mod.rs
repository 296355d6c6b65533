//! The opinion map as a picture: a soft area around everybody of a group, marks that each stand for about as
//! many people, a letter for each group. PURE.
//!
//! It draws what `disclosure` tells and nothing else, so nobody can be found in it who can't be found there.
//! Sockets and pages take the same picture from here.

mod area;
mod frame;
mod label;
mod marks;
mod picture;

pub use label::Side;
pub use picture::{Badge, GroupArea, GroupMarks, MapDrawing, OwnMark};

#[cfg(test)]
mod picture_tests;
