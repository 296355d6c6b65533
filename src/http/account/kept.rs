//! Where somebody wanted to go, and what they had written there, while they sign in.

use serde::Deserialize;

/// A longer form is not kept: statements and agendas are far shorter.
pub(super) const MOST_KEPT: usize = 64 * 1024;

/// Where somebody wanted to go, and the form that they had sent there.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::http) struct Kept {
    /// The address.
    #[serde(default)]
    pub to: String,
    /// The form, as it was sent; empty for a page.
    #[serde(default)]
    pub kept: String,
}

impl Kept {
    /// Where it leads: only to pages of staff on this site.
    pub fn target(&self) -> Option<&str> {
        const OF_STAFF: [&str; 7] = ["/o", "/m", "/people", "/log", "/pages", "/account", "/desk"];
        let is_ours = OF_STAFF.iter().any(|start| {
            self.to
                .strip_prefix(start)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '.']))
        });
        let is_plain =
            self.to.len() <= 2_000 && self.to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let goes_up = ["/.", "%2e", "%2E"].iter().any(|up| self.to.contains(up));
        (is_ours && is_plain && !goes_up && !self.to.contains("//")).then_some(self.to.as_str())
    }

    /// The fields of the form.
    pub fn fields(&self) -> Vec<(String, String)> {
        if self.kept.len() > MOST_KEPT { Vec::new() } else { read_fields(&self.kept) }
    }

    /// Whether there is a form to be sent again.
    pub fn has_form(&self) -> bool {
        !self.kept.is_empty() && self.target().is_some()
    }

    /// The same as what stands after the question mark of the next step.
    pub fn query(&self) -> String {
        self.target().map_or_else(String::new, |to| format!("?to={}", escaped(to)))
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn read_fields(body: &str) -> Vec<(String, String)> {
    let uri = format!("/?{body}").parse();
    let read =
        uri.ok().and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    read.map(|query| query.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_only_to_pages_of_staff_on_this_site() {
        for (to, leads) in [
            ("/o", true),
            ("/o/park?saved=1", true),
            ("/m/park", true),
            ("/log.csv", true),
            ("/people", true),
            ("", false),
            ("/other", false),
            ("/o/../enter?key=1", false),
            ("/o/%2e%2e/enter", false),
            ("//elsewhere.example", false),
            ("/o//elsewhere.example", false),
            ("https://elsewhere.example/o", false),
            ("/o/\r\nSet-Cookie:a", false),
            ("/o\\elsewhere", false),
        ] {
            let kept = Kept { to: to.into(), kept: String::new() };
            assert_eq!(kept.target().is_some(), leads, "{to}");
        }
    }

    #[test]
    fn the_fields_of_a_form_come_back_as_they_were_written() {
        let kept =
            Kept { to: "/o".into(), kept: "question=What+of+it%3F&note=%C3%A4%0D%0A%26&empty=".into() };
        let fields = kept.fields();
        assert_eq!(fields[0], ("question".into(), "What of it?".into()));
        assert_eq!(fields[1], ("note".into(), "ä\r\n&".into()));
        assert_eq!(fields[2], ("empty".into(), String::new()));
    }
}
