//! `boule-bench`: its figures, and its answer to a wrong call.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends by panicking")]

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_boule-bench")).args(arguments).output().unwrap()
}

fn json(arguments: &[&str]) -> serde_json::Value {
    let output = run(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("no JSON; {error}"))
}

/// The sentence of a call that must be refused.
fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_bench_of_the_maths_prints_its_figures_for_programs() {
    let sizes = ["--participants", "300", "--statements", "20", "--density", "0.4"];
    let figures = json(&[&["opinion", "--format", "json", "--threads", "2"], &sizes[..]].concat());
    assert_eq!((&figures["participants"], &figures["statements"]), (&300.into(), &20.into()));
    assert_eq!(figures["threads"], 2);
    for key in ["cold_ms", "refresh_ms", "bridging_ms", "peak_rss_bytes", "bytes_streamed", "bandwidth_share"]
    {
        assert!(figures[key].as_f64().is_some_and(|value| value > 0.0), "{key}: {figures}");
    }
    for (wrong, why) in [
        (["--density", "2"], "--density"),
        (["--participants", "0"], "no votes"),
        (["--statements", "4294967295"], "at most"),
        (["--more", "1000000000"], "--more"),
    ] {
        let error = refused(&run(&[&["opinion"], &wrong[..]].concat()));
        assert!(error.contains(why), "{error}");
    }
}
