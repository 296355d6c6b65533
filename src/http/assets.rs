//! Style sheets, scripts and icons: embedded in the binary, compressed once, served under names
//! that change with their content, so that browsers may keep them for a year.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::edge::{Anybody, StyleWithin};
use crate::texts::SiteBrand;

#[derive(RustEmbed)]
#[folder = "web/static"]
struct StaticFiles;

const FOREVER: &str = "public, max-age=31536000, immutable";

struct Asset {
    mime: &'static str,
    plain: Bytes,
    brotli: Bytes,
}

/// All assets, by the name they are served under.
struct Assets {
    by_name: HashMap<String, Asset>,
    names: HashMap<String, String>,
}

impl Assets {
    /// Reads and compresses every embedded file.
    fn embedded() -> Self {
        let mut assets = Self { by_name: HashMap::new(), names: HashMap::new() };
        // Scripts import each other by their plain names, so their hash is that of all of them.
        let mut all = Sha256::new();
        let mut files: Vec<_> = StaticFiles::iter().collect();
        files.sort();
        for path in &files {
            if let Some(file) = StaticFiles::get(path) {
                all.update(&file.data);
            }
        }
        let version = hex::encode(&all.finalize()[..5]);
        for path in files {
            if let Some(file) = StaticFiles::get(&path) {
                assets.add(&path, &version, &file.data);
            }
        }
        for (path, data) in SiteBrand::current().files() {
            let version = hex::encode(&Sha256::digest(data)[..5]);
            assets.add(path, &version, data);
        }
        assets
    }

    fn add(&mut self, path: &str, version: &str, data: &[u8]) {
        let (stem, kind) = path.rsplit_once('.').unwrap_or((path, ""));
        let mime = match kind {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "png" => "image/png",
            _ => "application/octet-stream",
        };
        let name = format!("{stem}-{version}.{kind}");
        let data = match kind {
            "js" => served_script(data, version),
            "css" => served_style(data),
            _ => data.to_vec(),
        };
        let asset = Asset { mime, brotli: compress(&data), plain: data.into() };
        self.names.insert(path.to_owned(), name.clone());
        self.by_name.insert(name, asset);
    }

    /// An asset under its hashed name, which never changes, or under its plain one, which may: error
    /// pages name their style sheet plainly.
    fn find(&self, name: &str) -> Option<(&Asset, &'static str)> {
        if let Some(asset) = self.by_name.get(name) {
            return Some((asset, FOREVER));
        }
        Some((self.by_name.get(self.names.get(name)?)?, "no-cache"))
    }

    fn url(&self, path: &str) -> String {
        format!("/static/{}", self.names.get(path).map_or(path, String::as_str))
    }
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::embedded);
static FIRST_STYLE: LazyLock<(String, StyleWithin)> = LazyLock::new(|| {
    let text = |name| ASSETS.find(name).map(|(asset, _)| String::from_utf8_lossy(&asset.plain));
    let style: String = ["boule.css", "brand.css"].into_iter().filter_map(text).collect();
    let policy = StyleWithin::of(&style);
    (style, policy)
});

/// The address of an asset.
pub(super) fn url(path: &str) -> String {
    ASSETS.url(path)
}

/// What a page needs before anything is painted, written into it: whoever comes for the first time is saved a round
/// trip. With it, what the page's policy says of it.
pub(super) fn first_style() -> (&'static str, StyleWithin) {
    (&FIRST_STYLE.0, FIRST_STYLE.1.clone())
}

/// Reads and compresses everything now, and not when the first visitor comes.
pub(super) fn prepare() {
    LazyLock::force(&FIRST_STYLE);
}

/// A script as it is served: `"./map.js"` becomes `"./map-VERSION.js"`, and what only people read stays at home,
/// since phones pay for it.
fn served_script(data: &[u8], version: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let lines = text.lines().map(|line| match line.rsplit_once(".js\"") {
        Some((before, after)) if before.contains("\"./") => format!("{before}-{version}.js\"{after}\n"),
        _ => format!("{line}\n"),
    });
    minifier::js::minify(&lines.collect::<String>()).to_string().into_bytes()
}

/// A style sheet as it is served: without the lines that are nothing but a comment, and without what sets lines in. The minifier of scripts
/// takes the spaces out of sums, without which browsers don't take them (decision 29).
fn served_style(data: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(data);
    let is_comment = |line: &str| {
        line.trim_start().starts_with("/*")
            && line.split_once("*/").is_some_and(|(_, after)| after.is_empty())
    };
    // After these nothing needs a space or a new line before what follows.
    let ends = |line: &str| line.ends_with(['{', '}', ';', ',']);
    let lines = text.lines().filter(|line| !is_comment(line)).map(str::trim).filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, if ends(line) { "" } else { "\n" }]).collect::<String>().into_bytes()
}

fn compress(data: &[u8]) -> Bytes {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 4096, 11, 20);
    let written = writer.write_all(data).and_then(|()| writer.flush());
    drop(writer);
    // Writing to memory does not fail; if it did, the plain bytes are served.
    if written.is_ok() { out.into() } else { Bytes::new() }
}

/// `GET /static/NAME`
pub(super) async fn send_asset(_: Anybody, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some((asset, caching)) = ASSETS.find(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let common = [
        (header::CONTENT_TYPE, asset.mime),
        (header::CACHE_CONTROL, caching),
        (header::VARY, "accept-encoding"),
    ];
    if accepts.contains("br") && !asset.brotli.is_empty() {
        return (common, [(header::CONTENT_ENCODING, "br")], asset.brotli.clone()).into_response();
    }
    (common, asset.plain.clone()).into_response()
}

/// `GET /sw.js`: a worker serves the pages below its own address.
pub(super) async fn send_worker(anybody: Anybody, headers: HeaderMap) -> Response {
    send_asset(anybody, Path("sw.js".to_owned()), headers).await
}

/// `GET /favicon.ico`: browsers ask for it whatever the page says.
pub(super) async fn send_favicon(_: Anybody) -> Response {
    axum::response::Redirect::permanent(&url("icon.svg")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_served_script_imports_hashed_names_and_has_no_comments() {
        let script =
            "// why\nimport { a } from \"./map.js\";\n\nconst b = \"x.js\";\nconst c = `${a} // ${b}`;\n";
        let out = served_script(script.as_bytes(), "1a");
        assert_eq!(
            String::from_utf8_lossy(&out),
            "import{a}from\"./map-1a.js\";const b=\"x.js\";const c=`${a} // ${b}`;"
        );
    }

    #[test]
    fn a_served_style_sheet_keeps_its_rules_and_loses_comment_lines() {
        let style = served_style(
            b"/* why */\n*, ::before { margin: 0; }\n  /* and */\n  /* half */ a { b: c; } /* x */\n/*\nx\n*/\n",
        );
        assert_eq!(
            String::from_utf8_lossy(&style),
            "*, ::before { margin: 0; }/* half */ a { b: c; } /* x */\n/*\nx\n*/\n"
        );
    }
}
