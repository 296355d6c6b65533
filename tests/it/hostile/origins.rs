//! P4: sites that look like this one.

use super::raw::{Raw, upgrade};
use super::*;

/// Origins that are not this server's, however much they look like it: OWN is the right one's host and
/// port, IP and PORT are its parts, and OTHER is another port.
const WRONG_ORIGINS: &str = r#"
null NULL undefined * http:// about:blank file:// data: chrome-extension://abcdefghijklmnop
https://evil.example http://bücher.example http://xn--bcher-kva.example
OWN //OWN http:OWN http:/OWN http:///OWN https://OWN ws://OWN wss://OWN ftp://OWN HTTP://OWN Http://OWN
http://OWN/ http://OWN/c/c http://OWN? http://OWN# http://OWN. http://OWN; http://OWN0 http://OWN.evil.example
http://user@OWN http://user:secret@OWN http://evil.example@OWN http://OWN@evil.example
http://evil.OWN http://evil-OWN http://www.OWN http://%20OWN
http://IP http://IP: http://IP:80 http://IP:443 http://IP:0PORT http://IP:+PORT http://IP:OTHER
http://IP.:PORT http://IP%3APORT http%3A%2F%2FOWN http:\\OWN
http://localhost:PORT http://LOCALHOST:PORT http://127.1:PORT http://127.0.0.2:PORT http://127.0.0.01:PORT
http://2130706433:PORT http://0x7f000001:PORT http://0177.0.0.1:PORT http://0.0.0.0:PORT
http://[::1]:PORT http://[::]:PORT http://[::ffff:127.0.0.1]:PORT http://[::ffff:7f00:1]:PORT
http://[0:0:0:0:0:0:0:1]:PORT http://[::1%25lo]:PORT http://１２７.0.0.1:PORT http://127。0。0。1:PORT
http://OWN,http://OWN http://OWN,https://evil.example "http://OWN" <http://OWN> blob:http://OWN
"#;

/// The same with spaces in them, or with nothing.
const SPACED_ORIGINS: [&str; 8] = [
    "",
    "http:// OWN",
    "http ://OWN",
    "http://\tOWN",
    "http://IP: PORT",
    "http://OWN http://OWN",
    "http://OWN, http://OWN",
    "https://evil.example http://OWN",
];

fn wrong_origins(host: &str, port: u16) -> Vec<String> {
    let origins = WRONG_ORIGINS.split_ascii_whitespace().chain(SPACED_ORIGINS);
    let fill_in = |origin: &str| {
        let parts = origin.replace("OWN", "IP:PORT").replace("IP", host);
        parts.replace("PORT", &port.to_string()).replace("OTHER", &(port ^ 1).to_string())
    };
    origins.map(fill_in).collect()
}

/// The status of an upgrade with a cookie and these headers.
async fn upgrade_status(address: &str, cookie: &str, headers: &str) -> String {
    let mut raw = Raw::silent(address).await;
    let more = format!("Cookie: {cookie}\r\n{headers}");
    raw.send(upgrade(address, &more).as_bytes()).await;
    raw.head().await.split(' ').nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn p4_with_a_cookie_only_the_servers_own_origin_letter_by_letter_opens_a_socket() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    let address = app.app.address.to_string();
    let own = format!("Origin: http://{address}\r\n");
    let origins = wrong_origins("127.0.0.1", app.app.address.port());
    assert!(origins.len() >= 40, "only {} origins", origins.len());
    let mut wrong: Vec<String> = origins.iter().map(|origin| format!("Origin: {origin}\r\n")).collect();
    wrong.push(String::new());
    wrong.push(format!("Origin: https://evil.example\r\n{own}"));
    wrong.push(format!("X-{own}"));
    wrong.push(format!("Referer: http://{address}/c/c\r\n"));
    wrong.push("Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example\r\n".to_owned());
    for site in ["cross-site", "same-site", "Same-Origin", "same-origin, none", "null", ""] {
        wrong.push(format!("{own}Sec-Fetch-Site: {site}\r\n"));
    }
    let cookies = [
        "boule=0123456789abcdef0123456789abcdef",
        "a=b; boule-staff=somebody; c=d",
        "boule-preview=0123456789abcdef0123456789abcdef",
    ];
    for cookie in cookies {
        for headers in &wrong {
            assert_eq!(upgrade_status(&address, cookie, headers).await, "403", "{cookie} {headers:?}");
        }
        for right in [own.clone(), format!("{own}Sec-Fetch-Site: same-origin\r\n")] {
            assert_eq!(upgrade_status(&address, cookie, &right).await, "101", "{cookie} {right:?}");
        }
    }
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), 0);
}
