//! QR codes as shapes of an SVG.

use qrcode::QrCode;

/// The dark squares of a code.
pub(super) struct Qr {
    /// The `d` of a path in which a square is 1 by 1.
    pub path: String,
    /// Squares along a side.
    pub width: usize,
}

impl Qr {
    /// The code of a text; empty where it is too long for one.
    pub fn of(text: &str) -> Self {
        let Ok(code) = QrCode::new(text) else { return Self { path: String::new(), width: 0 } };
        let width = code.width();
        let dark =
            code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
        let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
        Self { path, width }
    }

    /// The box that holds it with the light margin that readers need.
    pub fn view_box(&self) -> String {
        format!("-4 -4 {0} {0}", self.width + 8)
    }
}
