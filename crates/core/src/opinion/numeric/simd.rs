//! Where the widest vector instructions of this machine are chosen, at run time.
//!
//! The hot loops are compiled twice, and the faster one is called: with AVX2 where the machine has
//! it, else with what every machine has. The results are the same to the last bit: the number of
//! lanes is fixed by the code (four doubles, eight singles) and not by the machine, and no
//! multiplication is fused with an addition. The tests hold both ways to that.

use pulp::{Scalar256b, Simd, WithSimd};

/// Doubles in a vector, on every machine.
pub const DOUBLES: usize = 4;
/// Singles in a vector, on every machine.
pub const SINGLES: usize = 8;

/// Runs a closure with the machine's vector instructions. What it calls must be `inline(always)`,
/// or it is compiled without them.
#[inline]
pub fn fast<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// Runs work that is written in vectors of [`DOUBLES`] and [`SINGLES`].
#[inline]
pub fn in_lanes<W: WithSimd>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(avx2) = pulp::x86::V3::try_new() {
        return Simd::vectorize(avx2, work);
    }
    in_plain_lanes(work)
}

/// The same without vector instructions.
#[inline]
pub fn in_plain_lanes<W: WithSimd>(work: W) -> W::Output {
    Scalar256b.vectorize(work)
}
