//! What follows from the votes of groups: what each stands for, what all agree on, what to ask next.

pub mod bridging;
pub mod consensus;
pub mod margin;
pub mod priority;
pub mod representative;
pub mod weighted;
