//! Who somebody is in a frame of another site, and in mails that anybody can ask for.

use boule::app::{App, SiteConfig, bind};
use boule::domain::Timestamp;
use boule::live::LiveConfig;
use boule::store::{DataDir, ErasureRecord};
use serde_json::{Value, json};

use crate::app::{Asks, TestApp, open_settings};

const OF_A_FRAME: &str = "boule-embed=0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn what_a_frame_keeps_says_who_somebody_is_in_frames_and_nowhere_else() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let vote = async |path: &str, statement: &str| {
        let request = http.post(format!("{}{path}", app.base())).header("origin", app.base());
        let form = [("statement", statement), ("choice", "agree")];
        let body: Vec<String> = form.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").body(body.join("&"));
        request.header("cookie", OF_A_FRAME).send().await.unwrap()
    };
    assert_eq!(vote("/c/c/vote?embed=1", "0").await.status(), 303);
    let mine = async || -> Value {
        let asked = http.get(format!("{}/api/v1/c/c/mine", app.base())).header("cookie", OF_A_FRAME);
        asked.send().await.unwrap().json().await.unwrap()
    };
    assert_eq!(mine().await["votes"], json!([]), "outside frames they are nobody");
    let refused = vote("/c/c/vote?embed=1", "9").await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("class=\"embedded\"") && !page.contains("Vote saved."), "{page}");
    let unknown = vote("/c/c/vote", "1").await;
    assert!(unknown.headers().contains_key("set-cookie"), "a newcomer of the site itself");
    room.close().await.unwrap();
    assert_eq!(vote("/c/c/vote?embed=1", "1").await.status(), 422, "it is closed, and is told so");
}

#[tokio::test]
async fn a_mail_that_anybody_asks_for_leads_to_this_site_whatever_the_request_says() {
    let dir = tempfile::tempdir().unwrap();
    let data =
        DataDir::lock(dir.path()).unwrap().noting_erasures_in(ErasureRecord::at(dir.path().join("erasures")));
    let listener = bind("127.0.0.1:0".parse().unwrap(), false).unwrap();
    let outside = SiteConfig { sends_mail: true, ..SiteConfig::default() };
    let app = App::start(data, listener, &outside, LiveConfig::default()).await.unwrap();
    let app = TestApp { app, dir };
    app.conversation("c", 1, open_settings()).await;
    let asked =
        reqwest::Client::new().post(format!("{}/c/c/follow", app.base())).header("host", "evil.example");
    let asked = asked.header("content-type", "application/x-www-form-urlencoded");
    let answer = asked.body("address=ada%40town.example&topic=results").send().await.unwrap();
    assert!(answer.status().is_success() || answer.status().is_redirection(), "{}", answer.status());
    let mails = app.app.store.due_mail(Timestamp(i64::MAX), 9).await.unwrap();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert!(mail.body.contains(&format!("{}/follow?key=", app.base())), "{}", mail.body);
    assert!(!mail.body.contains("evil") && !mail.unsubscribe.contains("evil"), "{}", mail.body);
}
