//! What mails say.

use crate::domain::EmailAddress;
use crate::store::{FollowTopic, MailKind, NewMail};
use crate::texts::Texts;

/// What somebody waits for, in words.
fn topic_key(topic: FollowTopic) -> &'static str {
    match topic {
        FollowTopic::Results => "follow-results",
        FollowTopic::Answers => "follow-answers",
        FollowTopic::Decision => "follow-decision",
    }
}

/// The words of mails in one language.
#[derive(Clone, Copy)]
pub struct MailWords<'a> {
    texts: &'a Texts,
    /// The address of the site, without a slash at the end.
    site: &'a str,
}

impl<'a> MailWords<'a> {
    /// Words for mail of this site.
    pub fn new(texts: &'a Texts, site: &'a str) -> Self {
        Self { texts, site }
    }

    /// Somebody is invited to work here.
    pub fn invitation(self, to: EmailAddress, (role, url, until): (&str, &str, &str)) -> NewMail {
        let body = self.texts.msg("mail-invitation").text("role", role).text("url", url).text("day", until);
        self.mail(MailKind::Invitation, to, "mail-invitation-subject", &body.to_string())
    }

    /// The password of an account is another.
    pub fn password_changed(self, to: EmailAddress) -> NewMail {
        self.mail(MailKind::Confirmation, to, "mail-password-subject", &self.texts.get("mail-password"))
    }

    /// An account has another app that makes codes.
    pub fn code_app_set(self, to: EmailAddress) -> NewMail {
        self.mail(MailKind::Confirmation, to, "mail-app-subject", &self.texts.get("mail-app"))
    }

    /// A provider signs somebody in from now on.
    pub fn provider_joined(self, to: EmailAddress, name: &str) -> NewMail {
        let body = self.texts.msg("mail-provider-joined").text("name", name).to_string();
        self.mail(MailKind::Confirmation, to, "mail-provider-joined-subject", &body)
    }

    /// A provider no longer does.
    pub fn provider_parted(self, to: EmailAddress, name: &str) -> NewMail {
        let body = self.texts.msg("mail-provider-parted").text("name", name).to_string();
        self.mail(MailKind::Confirmation, to, "mail-provider-parted-subject", &body)
    }

    /// Statements wait longer than was promised.
    pub fn waiting(
        self,
        to: EmailAddress,
        (slug, question): (&str, &str),
        (n, hours): (usize, u32),
    ) -> NewMail {
        let url = format!("{}/m/{slug}", self.site);
        let body = self.texts.msg("mail-waiting").num("n", n).num("hours", hours);
        let body = body.text("question", question).text("url", &url).to_string();
        self.mail(MailKind::Waiting, to, "mail-waiting-subject", &body)
    }

    /// Something stands out in what happens, as an organiser asked to be told.
    pub fn alarm(self, to: EmailAddress, (slug, question): (&str, &str)) -> NewMail {
        let url = format!("{}/m/{slug}/watch", self.site);
        let body = self.texts.msg("mail-alarm").text("question", question).text("url", &url).to_string();
        self.mail(MailKind::Alarm, to, "mail-alarm-subject", &body)
    }

    /// A conversation closes within a day.
    pub fn closing(self, to: EmailAddress, (slug, question): (&str, &str), when: &str) -> NewMail {
        let url = format!("{}/o/{slug}", self.site);
        let body =
            self.texts.msg("mail-closing").text("question", question).text("day", when).text("url", &url);
        self.mail(MailKind::Closing, to, "mail-closing-subject", &body.to_string())
    }

    /// Somebody wants one mail: whether the address is theirs.
    pub fn follow_asked(
        self,
        to: EmailAddress,
        topic: FollowTopic,
        (question, key): (&str, &str),
    ) -> NewMail {
        let url = format!("{}/follow?key={key}", self.site);
        let what = self.texts.get(topic_key(topic));
        let body = self.texts.msg("mail-follow-asked").text("question", question).text("what", &what);
        let body = body.text("url", &url).to_string();
        let mail = self.mail(MailKind::FollowAsked, to, "mail-follow-asked-subject", &body);
        NewMail { unsubscribe: format!("{}/follow/stop?key={key}", self.site), ..mail }
    }

    /// What somebody waited for is there. It is the only mail.
    pub fn follow_due(self, to: EmailAddress, topic: FollowTopic, (slug, question): (&str, &str)) -> NewMail {
        let (page, key) = match topic {
            FollowTopic::Results => ("/results", "mail-follow-results"),
            FollowTopic::Answers => ("", "mail-follow-answers"),
            FollowTopic::Decision => ("/mine", "mail-follow-decision"),
        };
        let url = format!("{}/c/{slug}{page}", self.site);
        let body = self.texts.msg(key).text("question", question).text("url", &url).to_string();
        self.mail(MailKind::FollowDue, to, "mail-follow-subject", &body)
    }

    /// Where all logs end, to be kept outside.
    pub fn heads(self, to: EmailAddress, heads: &str) -> NewMail {
        let body = self.texts.msg("mail-heads").text("site", self.site).text("heads", heads).to_string();
        self.mail(MailKind::Heads, to, "mail-heads-subject", &body)
    }

    fn mail(self, kind: MailKind, to: EmailAddress, subject: &str, body: &str) -> NewMail {
        let end = self.texts.msg("mail-end").text("site", self.site).to_string();
        let (subject, body) = (self.texts.get(subject), format!("{body}\n\n-- \n{end}\n"));
        NewMail { kind, to, subject, body, unsubscribe: String::new() }
    }
}
