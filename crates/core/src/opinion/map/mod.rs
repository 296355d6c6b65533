//! A map as plain data, and the parameters that it was computed with.

pub mod checked_params;
pub mod direction;
pub mod opinion_map;
pub mod params;
pub mod participant;
pub mod polis_details;
pub mod validation;
